using System.Buffers.Binary;
using System.Numerics;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>A part of a table or an index for a parallel Scan: a range of the hashes of its partition keys.</summary>
/// <param name="First">The first hash.</param>
/// <param name="Last">The last hash, which is part of the range.</param>
internal readonly record struct Segment(Guid First, Guid Last)
{
    private static readonly BigInteger Hashes = BigInteger.One << 128;

    /// <summary>Gets the segment of all partitions.</summary>
    public static Segment All { get; } = new(Guid.Empty, Guid.AllBitsSet);

    /// <summary>Returns the segment of a request.</summary>
    /// <exception cref="ValidationException">Only one of the numbers is given, or there is no such segment.</exception>
    public static Segment Of(int? segment, int? totalSegments) => (segment, totalSegments) switch
    {
        (null, null) => All,
        (_, null) => throw new ValidationException(
            "The TotalSegments parameter is required but was not present in the request when Segment parameter is present"),
        (null, _) => throw new ValidationException(
            "The Segment parameter is required but was not present in the request when parameter TotalSegments is present"),
        var (n, total) when n >= total => throw new ValidationException(
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
            + $"Segment: {n} is not less than TotalSegments: {total}"),
        var (n, total) => new(
            Hash(Hashes * n.Value / total.Value), Hash((Hashes * (n.Value + 1) / total.Value) - 1)),
    };

    /// <summary>Returns whether a partition lies in this segment.</summary>
    public bool Contains(Guid partitionHash) => partitionHash >= First && partitionHash <= Last;

    /// <summary>Reads a page of the items of the segment, in the order of the hashes of their partition keys.</summary>
    /// <param name="context">The operation whose connection and transaction are used.</param>
    /// <param name="table">The table.</param>
    /// <param name="index">The index; null to read the table.</param>
    /// <param name="needsItems">Whether attributes that a local index lacks are read from the table.</param>
    /// <param name="start">The position behind which the page starts; null for the first page.</param>
    /// <param name="limit">The largest number of items; null for as many as 1 MB holds.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public Task<Page> PageAsync(
        OperationContext context,
        TableDefinition table,
        IndexDefinition? index,
        bool needsItems,
        Page.Position? start,
        int? limit,
        CancellationToken cancellationToken)
    {
        var (first, end) = this;
        return Page.ReadAsync(
            context,
            index is null ? Statements.ItemsScan
                : needsItems ? Statements.IndexEntriesScanItems : Statements.IndexEntriesScan,
            last =>
            [
                index?.Id ?? table.Id,
                .. (last ?? start, index) switch
                {
                    ({ } behind, null) => new object[] { behind.Item.PartitionHash, SortKeyRange.After(behind.Item.SortKey) },
                    ({ } behind, _) =>
                    [
                        behind.Entry.PartitionHash, behind.Entry.SortKey,
                        behind.Item.PartitionHash, SortKeyRange.After(behind.Item.SortKey),
                    ],
                    (_, null) => [first, Array.Empty<byte>()],
                    _ => [first, Array.Empty<byte>(), Guid.Empty, Array.Empty<byte>()],
                },
                end,
                .. needsItems ? new object[] { table.Id } : [],
            ],
            limit,
            cancellationToken);
    }

    private static Guid Hash(BigInteger value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, (UInt128)value);
        return new(bytes, bigEndian: true);
    }
}
