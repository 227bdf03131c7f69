using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>The order of strings, numbers and binaries; other types have none.</summary>
internal static class ValueOrder
{
    /// <summary>Compares two values; null when they have different types, or one that has no order.</summary>
    public static int? Compare(AttributeValue left, AttributeValue right) => (left, right) switch
    {
        (AttributeValue.S l, AttributeValue.S r) => CompareUtf8(l.Value, r.Value),
        (AttributeValue.N l, AttributeValue.N r) => l.Value.CompareTo(r.Value),
        (AttributeValue.B l, AttributeValue.B r) => l.Value.Span.SequenceCompareTo(r.Value.Span),
        _ => null,
    };

    // Code units of UTF-16 sort as the bytes of UTF-8 do, but for surrogates: they stand for what comes after U+FFFF.
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
