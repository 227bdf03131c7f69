namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Where DynamoDB Local 3.3.0 differs from the service, as that was observed or documents itself.</summary>
internal static class KnownDifferences
{
    /// <summary>Returns why a difference is right; null when nothing says so.</summary>
    public static string? ReasonFor(Difference difference) =>
        LocalWordings.ReasonFor(difference.Ours, difference.Theirs)
        ?? RefusalOrder.ReasonFor(difference.Ours, difference.Theirs)
        ?? LocalAnswers.ReasonFor(difference);
}
