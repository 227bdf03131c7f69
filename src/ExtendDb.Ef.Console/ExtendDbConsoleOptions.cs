using System.ComponentModel.DataAnnotations;
using ExtendDb.Ef.AspNetCore;

namespace ExtendDb.Ef.WebConsole;

/// <summary>The options of the console.</summary>
public sealed class ExtendDbConsoleOptions
{
    /// <summary>Gets or sets whether the console refuses every change.</summary>
    /// <value>The default is false. The refusal is on the server, not only in the pages.</value>
    public bool ReadOnly { get; set; }

    /// <summary>Gets or sets the access keys with which users sign in.</summary>
    /// <value>
    /// The default is null: nobody signs in, and without an authorization policy the console answers only requests of this
    /// machine, which come from a loopback address, with a local Host header and without forwarding headers. An empty set lets
    /// nobody in.
    /// </value>
    public AccessKeys? AccessKeys { get; set; }

    /// <summary>Gets or sets how long a user who has signed in with an access key stays signed in.</summary>
    /// <value>The default is 12 h. From 1 minute to 30 days.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan SignInLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Gets or sets how many failed sign-ins a minute are taken from one address; ten times as many from all together.</summary>
    /// <value>The default is 10. From 1 to 1,000.</value>
    [Range(1, 1000)]
    public int MaxFailedSignIns { get; set; } = 10;

    /// <summary>Gets or sets how long the queue is sampled after the last page that shows it was closed.</summary>
    /// <value>
    /// The default is 1 h, so that a page that is opened again has the last hour. From zero to 30 days. Nothing is sampled before the
    /// first page that shows it is opened.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan KeepSampling { get; set; } = TimeSpan.FromHours(1);
}
