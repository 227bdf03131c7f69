using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Model;

/// <summary>The key of a table or an index: a partition key and perhaps a sort key.</summary>
/// <param name="hash">The partition key, which DynamoDB calls HASH.</param>
/// <param name="range">The sort key, which DynamoDB calls RANGE; null when there is none.</param>
public sealed class KeySchema(KeyAttribute hash, KeyAttribute? range = null)
{
    /// <summary>The largest size of a partition key, in bytes.</summary>
    public const int MaxHashBytes = 2048;

    /// <summary>The largest size of a sort key, in bytes.</summary>
    public const int MaxRangeBytes = 1024;

    /// <summary>Gets the partition key.</summary>
    public KeyAttribute Hash { get; } = hash;

    /// <summary>Gets the sort key; null when there is none.</summary>
    public KeyAttribute? Range { get; } = range;

    /// <summary>Gets the key attributes, the partition key first.</summary>
    public IReadOnlyList<KeyAttribute> Attributes { get; } = range is null ? [hash] : [hash, range];

    /// <summary>Returns whether an attribute is part of this key.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <returns>True for the partition key and the sort key.</returns>
    public bool Contains(string name) => name == Hash.Name || name == Range?.Name;

    /// <summary>Returns the key attributes of an item.</summary>
    /// <param name="item">An item that has the key attributes.</param>
    /// <returns>One or two attributes.</returns>
    public AttributeMap KeyOf(AttributeMap item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new(Attributes.Select(key => KeyValuePair.Create(key.Name, item[key.Name])));
    }

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

        key = Place(item);
        return true;
    }

    /// <summary>Refuses an item whose value for a key of this index is mistyped, empty or too long.</summary>
    /// <param name="item">The item; a missing key attribute is no error, because the index is sparse.</param>
    /// <param name="index">The name of the index, for the message.</param>
    /// <param name="origin">The origin of the values.</param>
    /// <param name="stored">The item before the change, whose values are accepted; null for none.</param>
    internal void CheckIndexed(AttributeMap item, string index, KeyOrigin origin, AttributeMap? stored = null)
    {
        foreach (var part in Attributes)
        {
            if (!item.TryGetValue(part.Name, out var value)
                || (stored is not null && stored.TryGetValue(part.Name, out var before) && value.Equals(before)))
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
        PartitionHash.Of(attributes[Hash.Name]),
        Range is null ? [] : SortKeyEncoding.Encode(attributes[Range.Name]));

    private ValidationException? Refusal(KeyAttribute part, AttributeValue value) =>
        IsEmpty(value)
            ? ValidationException.InvalidKeyValue(
                $"The AttributeValue for a key attribute cannot contain an empty {EmptyWord(value)} value. Key: {part.Name}")
            : TooLong(part, value) is { } refusal ? ValidationException.InvalidParameter(refusal) : null;

    private static bool IsEmpty(AttributeValue value) =>
        value is AttributeValue.S { Value.Length: 0 } or AttributeValue.B { Value.Length: 0 };

    private static string EmptyWord(AttributeValue value) => value.Type == AttributeType.S ? "string" : "binary";

    private string? TooLong(KeyAttribute part, AttributeValue value) => value.Type == AttributeType.N
        ? null
        : (part == Hash, ItemSize.Of(value)) switch
        {
            (true, > MaxHashBytes) => $"Size of hashkey has exceeded the maximum size limit of{MaxHashBytes} bytes",
            (false, > MaxRangeBytes) =>
                $"Aggregated size of all range keys has exceeded the size limit of {MaxRangeBytes} bytes",
            _ => null,
        };
}
