using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Model;

/// <summary>The key of a table or an index: a partition key and perhaps a sort key.</summary>
/// <remarks>
/// Both have one attribute in a table and in a local index, and up to <see cref="MaxAttributesOfPart"/> in a global index.
/// </remarks>
public sealed class KeySchema
{
    /// <summary>The largest size of a partition key, in bytes, of all its attributes together.</summary>
    public const int MaxHashBytes = 2048;

    /// <summary>The largest size of a sort key, in bytes, of all its attributes together.</summary>
    public const int MaxRangeBytes = 1024;

    /// <summary>The largest number of attributes of the partition key of a global index, and of its sort key.</summary>
    public const int MaxAttributesOfPart = 4;

    /// <summary>Creates a key of one or two attributes.</summary>
    /// <param name="hash">The partition key, which DynamoDB calls HASH.</param>
    /// <param name="range">The sort key, which DynamoDB calls RANGE; null when there is none.</param>
    public KeySchema(KeyAttribute hash, KeyAttribute? range = null)
        : this([hash], range is null ? [] : [range])
    {
    }

    /// <summary>Creates a key whose partition key and sort key may have several attributes.</summary>
    /// <param name="hashAttributes">The attributes of the partition key; at least one.</param>
    /// <param name="rangeAttributes">The attributes of the sort key in the order in which they sort; may be empty.</param>
    public KeySchema(IReadOnlyList<KeyAttribute> hashAttributes, IReadOnlyList<KeyAttribute> rangeAttributes)
    {
        HashAttributes = hashAttributes;
        RangeAttributes = rangeAttributes;
        Attributes = [.. hashAttributes, .. rangeAttributes];
    }

    /// <summary>Gets the partition key; of several attributes the first.</summary>
    public KeyAttribute Hash => HashAttributes[0];

    /// <summary>Gets the sort key, of several attributes the first; null when there is none.</summary>
    public KeyAttribute? Range => RangeAttributes.Count > 0 ? RangeAttributes[0] : null;

    /// <summary>Gets the attributes of the partition key.</summary>
    public IReadOnlyList<KeyAttribute> HashAttributes { get; }

    /// <summary>Gets the attributes of the sort key in the order in which they sort; empty when there is none.</summary>
    public IReadOnlyList<KeyAttribute> RangeAttributes { get; }

    /// <summary>Gets the key attributes, those of the partition key first.</summary>
    public IReadOnlyList<KeyAttribute> Attributes { get; }

    /// <summary>Gets whether the partition key or the sort key has several attributes.</summary>
    internal bool IsMultiAttribute => HashAttributes.Count > 1 || RangeAttributes.Count > 1;

    /// <summary>Returns whether an attribute is part of this key.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <returns>True for the attributes of the partition key and of the sort key.</returns>
    public bool Contains(string name) => Attributes.Any(part => part.Name == name);

    /// <summary>Returns the key attributes of an item.</summary>
    /// <param name="item">An item that has the key attributes.</param>
    /// <returns>All attributes of the key.</returns>
    public AttributeMap KeyOf(AttributeMap item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new(Attributes.Select(key => KeyValuePair.Create(key.Name, item[key.Name])));
    }

    /// <summary>Returns the key attributes of an item, whatever their types; null when it lacks one.</summary>
    internal AttributeMap? TryKeyOf(AttributeMap item) =>
        Attributes.All(part => item.ContainsKey(part.Name)) ? KeyOf(item) : null;

    /// <summary>Returns the stored key of an item of a table with this key schema.</summary>
    /// <exception cref="ValidationException">A key attribute is missing, mistyped, empty or too long.</exception>
    internal ItemKey OfItem(AttributeMap item)
    {
        foreach (var key in Attributes)
        {
            if (!item.TryGetValue(key.Name, out var value))
            {
                throw ValidationException.InvalidParameter($"Missing the key {key.Name} in the item");
            }

            if (value.Type != key.Type)
            {
                throw ValidationException.InvalidParameter(
                    $"Type mismatch for key {key.Name} expected: {key.Type} actual: {value.Type}");
            }
        }

        return Checked(item);
    }

    /// <summary>Returns the stored key that belongs to the key attributes of an item.</summary>
    /// <exception cref="ValidationException">The key has other attributes or types, or a value that is empty or too long.</exception>
    internal ItemKey OfKey(AttributeMap key)
    {
        AttributeRules.Check(key);
        if (key.Count != Attributes.Count || !IsIn(key))
        {
            throw new ValidationException("The provided key element does not match the schema");
        }

        return Checked(key);
    }

    /// <summary>Returns the hash of the partition key of an item, all of whose attributes it has.</summary>
    internal Guid HashOf(AttributeMap item) => HashAttributes.Count == 1
        ? PartitionHash.Of(item[Hash.Name])
        : PartitionHash.Of(HashAttributes.Select(part => item[part.Name]));

    /// <summary>Returns whether an item has all attributes of this key with the types of the key schema.</summary>
    internal bool IsIn(AttributeMap item)
    {
        foreach (var part in Attributes)
        {
            if (!item.TryGetValue(part.Name, out var value) || value.Type != part.Type)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns the key of an item in an index with this key schema.</summary>
    /// <returns>False when the item is not in the index: it lacks a key attribute, or has another type for one.</returns>
    internal bool TryOfIndexed(AttributeMap item, [NotNullWhen(true)] out ItemKey? key)
    {
        foreach (var part in Attributes)
        {
            if (!item.TryGetValue(part.Name, out var value) || value.Type != part.Type || Refusal(part, value) is not null)
            {
                key = null;
                return false;
            }
        }

        if (SizeOf(HashAttributes, item) > MaxHashBytes || SizeOf(RangeAttributes, item) > MaxRangeBytes)
        {
            key = null;
            return false;
        }

        key = Place(item);
        return true;
    }

    /// <summary>Refuses an item whose values for the key of this index are mistyped, empty or too long.</summary>
    /// <param name="item">The item; a missing key attribute is no error, because the index is sparse.</param>
    /// <param name="index">The name of the index, for the message.</param>
    /// <param name="origin">The origin of the values.</param>
    /// <param name="stored">The item before the change, whose values are accepted; null for none.</param>
    internal void CheckIndexed(AttributeMap item, string index, KeyOrigin origin, AttributeMap? stored = null)
    {
        foreach (var part in Attributes)
        {
            if (!item.TryGetValue(part.Name, out var value) || IsUnchanged(part, value, stored))
            {
                continue;
            }

            if (value.Type != part.Type)
            {
                // Values of the request were checked before, so this one is another attribute of the item.
                throw origin == KeyOrigin.Updated
                    ? new ValidationException(
                        "The update expression attempted to update the secondary index key to unsupported type")
                    : ValidationException.InvalidParameter(
                        $"Type mismatch for Index Key {part.Name} Expected: {part.Type} Actual: {value.Type} "
                        + $"IndexName: {index}");
            }

            if (IsEmpty(value))
            {
                var what = $"The AttributeValue for a key attribute cannot contain an empty {EmptyWord(value)} value.";
                throw ValidationException.InvalidKeyValue(origin != KeyOrigin.Put
                    ? "The update expression attempted to update a secondary index key to a value that is not supported. "
                        + what
                    : $"A value specified for a secondary index key is not supported. {what} "
                        + $"IndexName: {index}, IndexKey: {part.Name}");
            }

            if (TooLong(part, value) is { } refusal)
            {
                throw ValidationException.InvalidParameter(refusal);
            }
        }

        CheckTogether(HashAttributes, KeyType.HASH, MaxHashBytes, item, index, stored);
        CheckTogether(RangeAttributes, KeyType.RANGE, MaxRangeBytes, item, index, stored);
    }

    /// <summary>Refuses a value of a key attribute that is empty or too long.</summary>
    internal void CheckValue(KeyAttribute part, AttributeValue value)
    {
        if (Refusal(part, value) is { } refusal)
        {
            throw refusal;
        }
    }

    private ItemKey Checked(AttributeMap attributes)
    {
        foreach (var part in Attributes)
        {
            CheckValue(part, attributes[part.Name]);
        }

        return Place(attributes);
    }

    private ItemKey Place(AttributeMap attributes) => new(
        HashOf(attributes),
        RangeAttributes.Count switch
        {
            0 => [],
            1 => SortKeyEncoding.Encode(attributes[RangeAttributes[0].Name]),
            _ => SortKeyEncoding.Encode([.. RangeAttributes.Select(part => attributes[part.Name])]),
        });

    private ValidationException? Refusal(KeyAttribute part, AttributeValue value) =>
        IsEmpty(value)
            ? ValidationException.InvalidKeyValue(
                $"The AttributeValue for a key attribute cannot contain an empty {EmptyWord(value)} value. Key: {part.Name}")
            : TooLong(part, value) is { } refusal ? ValidationException.InvalidParameter(refusal) : null;

    private static bool IsEmpty(AttributeValue value) =>
        value is AttributeValue.S { Value.Length: 0 } or AttributeValue.B { Value.Length: 0 };

    private static string EmptyWord(AttributeValue value) => value.Type == AttributeType.S ? "string" : "binary";

    /// <summary>Refuses values that are too long together, unless all of them were stored before.</summary>
    private static void CheckTogether(
        IReadOnlyList<KeyAttribute> parts, KeyType type, int max, AttributeMap item, string index, AttributeMap? stored)
    {
        if (parts.Count > 1
            && SizeOf(parts, item) is var size && size > max
            && !parts.All(part => !item.TryGetValue(part.Name, out var value) || IsUnchanged(part, value, stored)))
        {
            throw new ValidationException(
                $"Aggregate size for {type} key attributes {string.Join(", ", parts.Select(part => part.Name))} of index {index} "
                + $"has exceeded limit {max} bytes, with actual size {size} bytes");
        }
    }

    private static int SizeOf(IReadOnlyList<KeyAttribute> parts, AttributeMap item)
    {
        if (parts.Count < 2)
        {
            // A single value is measured by TooLong.
            return 0;
        }

        var size = 0;
        foreach (var part in parts)
        {
            size += item.TryGetValue(part.Name, out var value) ? ItemSize.Of(value) : 0;
        }

        return size;
    }

    private static bool IsUnchanged(KeyAttribute part, AttributeValue value, AttributeMap? stored) =>
        stored is not null && stored.TryGetValue(part.Name, out var before) && value.Equals(before);

    private string? TooLong(KeyAttribute part, AttributeValue value) => value.Type == AttributeType.N
        ? null
        : (HashAttributes.Contains(part), ItemSize.Of(value)) switch
        {
            (true, > MaxHashBytes) => $"Size of hashkey has exceeded the maximum size limit of{MaxHashBytes} bytes",
            (false, > MaxRangeBytes) =>
                $"Aggregated size of all range keys has exceeded the size limit of {MaxRangeBytes} bytes",
            _ => null,
        };
}
