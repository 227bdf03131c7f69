using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>A range of encoded sort keys: at least the low one, and below the high one.</summary>
/// <param name="Low">The lowest sort key of the range.</param>
/// <param name="High">The first sort key above the range.</param>
internal readonly record struct SortKeyRange(byte[] Low, byte[] High)
{
    private static readonly byte[] AboveAll = [.. Enumerable.Repeat((byte)0xFF, KeySchema.MaxRangeBytes + 1)];

    public static SortKeyRange All { get; } = new([], AboveAll);

    public bool IsEmpty => Low.AsSpan().SequenceCompareTo(High) >= 0;

    /// <summary>Returns the range of a condition, whose values suit the type of the key and the operator.</summary>
    public static SortKeyRange Of(Condition condition)
    {
        var first = SortKeyEncoding.Encode(condition.AttributeValueList[0]);
        return condition.ComparisonOperator switch
        {
            ComparisonOperator.EQ => new(first, After(first)),
            ComparisonOperator.LT => new([], first),
            ComparisonOperator.LE => new([], After(first)),
            ComparisonOperator.GT => new(After(first), AboveAll),
            ComparisonOperator.GE => new(first, AboveAll),
            ComparisonOperator.BETWEEN => new(first, After(SortKeyEncoding.Encode(condition.AttributeValueList[1]))),
            _ => new(first, SortKeyEncoding.AfterPrefix(first) ?? AboveAll),
        };
    }

    /// <summary>Returns the next sort key in the order of bytes.</summary>
    public static byte[] After(byte[] sortKey) => [.. sortKey, 0];

    public bool Contains(byte[] sortKey) =>
        sortKey.AsSpan().SequenceCompareTo(Low) >= 0 && sortKey.AsSpan().SequenceCompareTo(High) < 0;
}
