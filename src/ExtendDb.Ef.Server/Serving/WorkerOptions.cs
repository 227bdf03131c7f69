namespace ExtendDb.Ef.Server.Serving;

/// <summary>The options of <c>extenddb worker</c> on the command line.</summary>
/// <param name="Loops">The number of loops; null for that of the configuration, or the default.</param>
/// <param name="Urls">Where the monitoring reaches the worker; null for nowhere.</param>
/// <param name="DemoTotals">Whether the consumer of the demo runs too.</param>
internal sealed record WorkerOptions(int? Loops, string? Urls, bool DemoTotals);
