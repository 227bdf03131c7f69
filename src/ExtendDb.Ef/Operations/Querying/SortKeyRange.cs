using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>A range of encoded sort keys: at least the low one, and below the high one.</summary>
/// <param name="Low">The lowest sort key of the range.</param>
/// <param name="High">The first sort key above the range.</param>
internal readonly record struct SortKeyRange(byte[] Low, byte[] High)
{
    private static readonly byte[] AboveAll = [.. Enumerable.Repeat((byte)0xFF, SortKeyEncoding.MaxLength + 1)];

    public static SortKeyRange All { get; } = new([], AboveAll);

    public bool IsEmpty => Low.AsSpan().SequenceCompareTo(High) >= 0;

    /// <summary>Returns the range of a condition on an attribute of a sort key.</summary>
    /// <param name="condition">A condition whose values suit the type of the attribute and the operator.</param>
    /// <param name="before">The encoded values of the attributes before it; empty when it is the first one.</param>
    /// <param name="isLast">Whether no attribute comes behind it, so that its values are not closed.</param>
    public static SortKeyRange Of(Condition condition, byte[] before, bool isLast)
    {
        var first = Key(0);
        return condition.ComparisonOperator switch
        {
            ComparisonOperator.EQ => new(first, AfterKey(first)),
            ComparisonOperator.LT => new(before, first),
            ComparisonOperator.LE => new(before, AfterKey(first)),
            ComparisonOperator.GT => new(AfterKey(first), AfterPrefix(before)),
            ComparisonOperator.GE => new(first, AfterPrefix(before)),
            ComparisonOperator.BETWEEN => new(first, AfterKey(Key(1))),
            _ => new(first, AfterPrefix(isLast ? first : [.. before, .. ClosedBytes.EncodePrefix(Encoded(0))])),
        };

        byte[] Encoded(int n) => SortKeyEncoding.Encode(condition.AttributeValueList[n]);
        byte[] Key(int n) =>
            [.. before, .. isLast ? Encoded(n) : SortKeyEncoding.EncodeClosed(condition.AttributeValueList[n])];
        byte[] AfterKey(byte[] key) => isLast ? After(key) : AfterPrefix(key);
    }

    /// <summary>Returns the next sort key in the order of bytes.</summary>
    public static byte[] After(byte[] sortKey) => [.. sortKey, 0];

    public bool Contains(byte[] sortKey) =>
        sortKey.AsSpan().SequenceCompareTo(Low) >= 0 && sortKey.AsSpan().SequenceCompareTo(High) < 0;

    /// <summary>Returns the sort keys that lie in both ranges.</summary>
    public SortKeyRange Intersect(SortKeyRange other) => new(
        Low.AsSpan().SequenceCompareTo(other.Low) >= 0 ? Low : other.Low,
        High.AsSpan().SequenceCompareTo(other.High) <= 0 ? High : other.High);

    private static byte[] AfterPrefix(byte[] prefix) => SortKeyEncoding.AfterPrefix(prefix) ?? AboveAll;
}
