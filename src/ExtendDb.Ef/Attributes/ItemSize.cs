using System.Text;

namespace ExtendDb.Ef.Model;

/// <summary>
/// Computes the size of items in bytes, as DynamoDB counts it. Source: DynamoDB developer guide, Item sizes and
/// formats.
/// </summary>
public static class ItemSize
{
    /// <summary>The largest size of an item in bytes: 400 KB.</summary>
    public const int Max = 400 * 1024;

    /// <summary>Returns the size of an item: its attribute names in UTF-8 and their values.</summary>
    /// <param name="attributes">The attributes of the item.</param>
    /// <returns>The size in bytes; 0 for no attributes.</returns>
    public static int Of(AttributeMap attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        var size = 0;
        foreach (var (name, value) in attributes)
        {
            size += Encoding.UTF8.GetByteCount(name) + Of(value);
        }

        return size;
    }

    /// <summary>Returns the size of a value without its name.</summary>
    /// <returns>The size in bytes.</returns>
    public static int Of(AttributeValue value) => value switch
    {
        AttributeValue.S s => Encoding.UTF8.GetByteCount(s.Value),
        AttributeValue.N n => Of(n.Value),
        AttributeValue.B b => b.Value.Length,
        AttributeValue.BOOL or AttributeValue.NULL => 1,
        // A list or map costs 3 bytes, and 1 byte for each member.
        AttributeValue.M m => 3 + m.Value.Count + Of(m.Value),
        AttributeValue.L l => 3 + l.Value.Count + l.Value.Sum(Of),
        AttributeValue.SS set => set.Value.Sum(Encoding.UTF8.GetByteCount),
        AttributeValue.NS set => set.Value.Sum(Of),
        AttributeValue.BS set => set.Value.Sum(b => b.Length),
        _ => throw new ArgumentNullException(nameof(value)),
    };

    // 1 byte, 1 for every two digits of the integer part and of the fraction, and 1 for a negative sign.
    private static int Of(DynamoNumber number)
    {
        if (number.Sign == 0)
        {
            return 1;
        }

        var digits = number.Digits().Length;
        var integer = Math.Clamp(number.Exponent + 1, 0, digits);
        return 1 + (integer + 1) / 2 + (digits - integer + 1) / 2 + (number.Sign < 0 ? 1 : 0);
    }
}
