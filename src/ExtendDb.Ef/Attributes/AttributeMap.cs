using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>Attributes by name: an item, a key, or the members of a map; immutable, and equal by content.</summary>
/// <example><code>new AttributeMap { ["Folder"] = "/usr", ["Size"] = 42 }</code></example>
public sealed class AttributeMap : IReadOnlyDictionary<string, AttributeValue>, IEquatable<AttributeMap>
{
    private readonly Dictionary<string, AttributeValue> _attributes;

    /// <summary>Initializes an empty map, to be filled by a collection initializer.</summary>
    public AttributeMap() => _attributes = new(StringComparer.Ordinal);

    /// <summary>Initializes a map with a copy of some attributes.</summary>
    /// <param name="attributes">Names with their values, each name only once.</param>
    /// <exception cref="ArgumentException">A name is given twice.</exception>
    /// <exception cref="ArgumentNullException">The attributes, or one of the values, are null.</exception>
    public AttributeMap(IEnumerable<KeyValuePair<string, AttributeValue>> attributes)
    {
        _attributes = new(attributes, StringComparer.Ordinal);
        foreach (var value in _attributes.Values)
        {
            ArgumentNullException.ThrowIfNull(value, nameof(attributes));
        }
    }

    private AttributeMap(Dictionary<string, AttributeValue> owned) => _attributes = owned;

    /// <summary>Gets the map without attributes.</summary>
    public static AttributeMap Empty { get; } = [];

    /// <inheritdoc/>
    public int Count => _attributes.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _attributes.Keys;

    /// <inheritdoc/>
    public IEnumerable<AttributeValue> Values => _attributes.Values;

    /// <inheritdoc/>
    public AttributeValue this[string key]
    {
        get => _attributes[key];
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _attributes[key] = value;
        }
    }

    /// <summary>Returns a map with one attribute added or replaced.</summary>
    /// <param name="name">The name of the attribute.</param>
    /// <param name="value">The new value of the attribute.</param>
    /// <returns>A new map; this map is unchanged.</returns>
    public AttributeMap With(string name, AttributeValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(new Dictionary<string, AttributeValue>(_attributes, StringComparer.Ordinal) { [name] = value });
    }

    /// <summary>Returns a map without one attribute.</summary>
    /// <param name="name">The name of the attribute.</param>
    /// <returns>A new map, or this map when it has no such attribute.</returns>
    public AttributeMap Without(string name)
    {
        if (!_attributes.ContainsKey(name))
        {
            return this;
        }

        var attributes = new Dictionary<string, AttributeValue>(_attributes, StringComparer.Ordinal);
        attributes.Remove(name);
        return new(attributes);
    }

    /// <summary>Wraps a dictionary that no other code will use.</summary>
    internal static AttributeMap Owning(Dictionary<string, AttributeValue> attributes) => new(attributes);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _attributes.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out AttributeValue value) =>
        _attributes.TryGetValue(key, out value);

    /// <inheritdoc/>
    public bool Equals(AttributeMap? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || other.Count != Count)
        {
            return false;
        }

        foreach (var (name, value) in _attributes)
        {
            if (!other._attributes.TryGetValue(name, out var theirs) || !value.Equals(theirs))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AttributeMap);

    /// <inheritdoc/>
    public override int GetHashCode() => _attributes.Aggregate(Count, (sum, attribute) =>
        unchecked(sum + HashCode.Combine(attribute.Key, attribute.Value)));

    /// <summary>Returns this map as DynamoDB JSON for display.</summary>
    /// <returns>One JSON object, such as <c>{"Year":{"N":"2013"}}</c>.</returns>
    public override string ToString() => AttributeJson.WriteString(this);

    /// <summary>Returns an enumerator that allocates nothing.</summary>
    /// <returns>The attributes in no promised order.</returns>
    public Dictionary<string, AttributeValue>.Enumerator GetEnumerator() => _attributes.GetEnumerator();

    IEnumerator<KeyValuePair<string, AttributeValue>> IEnumerable<KeyValuePair<string, AttributeValue>>.GetEnumerator() =>
        GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
