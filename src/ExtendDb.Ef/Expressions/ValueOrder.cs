using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>Compares strings, numbers and binaries; values of other types have no order.</summary>
internal static class ValueOrder
{
    /// <summary>Compares two values; null when their types differ or have no order.</summary>
    public static int? Compare(AttributeValue left, AttributeValue right) => (left, right) switch
    {
        (AttributeValue.S l, AttributeValue.S r) => Utf8Comparer.Instance.Compare(l.Value, r.Value),
        (AttributeValue.N l, AttributeValue.N r) => l.Value.CompareTo(r.Value),
        (AttributeValue.B l, AttributeValue.B r) => BytesComparer.Instance.Compare(l.Value, r.Value),
        _ => null,
    };
}
