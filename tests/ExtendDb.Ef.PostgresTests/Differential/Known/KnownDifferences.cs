namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>All ways in which DynamoDB Local 3.3.0 does not answer as the service does.</summary>
internal static class KnownDifferences
{
    /// <summary>Gets the differences; one that stands before another is meant where both apply.</summary>
    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        .. Statements.All,
        .. WordsOfKeys.All, .. WordsOfReads.All, .. WordsOfExpressions.All, .. WordsOfParameters.All, .. Transactions.All,
        .. RefusalOrder.All, .. Capacities.All, .. Reads.All, .. Updates.All,
    ];

    /// <summary>Returns the difference that two answers show; null when nothing says why they differ.</summary>
    public static KnownDifference? Of(Difference difference) => All.FirstOrDefault(known => known.Applies(difference));
}
