namespace ExtendDb.Ef.Operations.Throughput;

/// <summary>Computes the capacity units of a size. Source: DynamoDB developer guide, Read and write capacity.</summary>
internal static class CapacityUnits
{
    private const int ReadUnitBytes = 4 * 1024;
    private const int WriteUnitBytes = 1024;
    private const double EventualFactor = 0.5;

    /// <summary>
    /// The factor by which a transaction costs more than the same operation alone; it applies to the table only.
    /// </summary>
    public const double TransactionFactor = 2;

    /// <summary>
    /// Returns the units of a read: 1 for each begun 4 KB, at least 1; half of that when the read is eventually
    /// consistent.
    /// </summary>
    public static double OfRead(long bytes, bool consistent) =>
        Begun(bytes, ReadUnitBytes) * (consistent ? 1 : EventualFactor);

    /// <summary>Returns the units of a write: 1 for each begun KB, at least 1.</summary>
    public static double OfWrite(int bytes) => Begun(bytes, WriteUnitBytes);

    private static long Begun(long bytes, int unit) => Math.Max(1, (bytes + unit - 1) / unit);
}
