using System.Text.RegularExpressions;

namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>The same refusal in the words of DynamoDB Local and in those of the service.</summary>
internal static class Words
{
    public const string Invalid = "One or more parameter values were invalid: ";

    /// <summary>Describes a refusal that DynamoDB Local words differently.</summary>
    /// <param name="name">What is refused.</param>
    /// <param name="local">A pattern of DynamoDB Local's message.</param>
    /// <param name="service">A pattern of the service's message; $1 is what the first group of the other one matched.</param>
    /// <param name="source">What shows how the service words it.</param>
    /// <param name="example">A request that is refused so.</param>
    public static KnownDifference Of(
        string name, string local, string service, string source, Func<ComparedTables, object> example) =>
        new(name + ", in words of its own", source, difference => Fit(difference, local, service), example);

    /// <summary>Tells whether both sides refuse, and leave the same.</summary>
    public static bool AreRefusals(Difference difference) => difference.Ours.Error is not null && difference.Theirs.Error is not null
        && difference.Ours.Left == difference.Theirs.Left;

    private static bool Fit(Difference difference, string local, string service)
    {
        if (!AreRefusals(difference) || difference.Ours.Problem == difference.Theirs.Problem)
        {
            return false;
        }

        var match = Regex.Match(difference.Theirs.Problem, $"^(?:{local})$", RegexOptions.Singleline);
        return match.Success && Regex.IsMatch(
            difference.Ours.Problem,
            $"^(?:{service.Replace("$1", Regex.Escape(match.Groups[1].Value), StringComparison.Ordinal)})$",
            RegexOptions.Singleline);
    }
}
