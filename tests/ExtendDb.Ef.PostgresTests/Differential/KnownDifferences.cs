namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>A difference that is right, and why.</summary>
/// <param name="Reason">What says so.</param>
internal sealed record KnownDifference(string Reason, Func<Difference, bool> Applies);

/// <summary>Where DynamoDB Local 3.3.0 differs from the service, or the library from both on purpose.</summary>
internal static class KnownDifferences
{
    private static readonly IReadOnlyList<KnownDifference> All = [];

    public static KnownDifference? Of(Difference difference) => All.FirstOrDefault(known => known.Applies(difference));
}
