using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>Compares strings, numbers and binaries; values of other types have no order.</summary>
internal static class ValueOrder
{
    /// <summary>Compares two values; null when their types differ or have no order.</summary>
    public static int? Compare(AttributeValue left, AttributeValue right) => (left, right) switch
    {
        (AttributeValue.S l, AttributeValue.S r) => CompareUtf8(l.Value, r.Value),
        (AttributeValue.N l, AttributeValue.N r) => l.Value.CompareTo(r.Value),
        (AttributeValue.B l, AttributeValue.B r) => l.Value.Span.SequenceCompareTo(r.Value.Span),
        _ => null,
    };

    // Code units of UTF-16 sort like the bytes of UTF-8, except surrogates, which stand for characters after U+FFFF.
    private static int CompareUtf8(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length - right.Length;
        }

        var (l, r) = (left[common], right[common]);
        return char.IsSurrogate(l) == char.IsSurrogate(r) ? l - r : char.IsSurrogate(l) ? 1 : -1;
    }
}
