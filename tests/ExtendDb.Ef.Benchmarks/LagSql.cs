namespace ExtendDb.Ef.Benchmarks;

/// <summary>What the lag benchmark asks the database between its rounds.</summary>
internal static class LagSql
{
    public const string AnyWaits = "SELECT EXISTS (SELECT FROM extenddb.gsi_pending)";

    public const string EmptyQueue = "TRUNCATE extenddb.gsi_pending";

    public const string Settle = "CHECKPOINT";
}
