using System.Buffers.Binary;
using System.Numerics;
using ExtendDb.Ef.Model;

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

    private static Guid Hash(BigInteger value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, (UInt128)value);
        return new(bytes, bigEndian: true);
    }
}
