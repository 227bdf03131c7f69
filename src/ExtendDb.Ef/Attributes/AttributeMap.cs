using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Attributes.Json;

namespace ExtendDb.Ef.Model;

/// <summary>Attributes by name: an item, a key, or the members of a map; immutable, and equal by content.</summary>
/// <remarks>
/// System.Text.Json reads and writes it as DynamoDB JSON, such as <c>{"Size":{"N":"42"}}</c>; <see cref="ToJson"/> and
/// <see cref="FromJson"/> use plain JSON. A collection expression may repeat a name; the last value counts.
/// </remarks>
/// <example><code>
/// AttributeMap item = new() { ["Folder"] = "/usr", ["Size"] = 42 };
/// AttributeMap larger = [.. item, new("Size", 43)];
/// </code></example>
[CollectionBuilder(typeof(AttributeMap), nameof(Create))]
[JsonConverter(typeof(AttributeMapJsonConverter))]
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
    public static AttributeMap Empty { get; } = new();

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

    /// <summary>Creates the map of a collection expression.</summary>
    /// <param name="attributes">Names with their values; of a repeated name the last value counts.</param>
    /// <returns>A new map.</returns>
    /// <exception cref="ArgumentNullException">A name or a value is null.</exception>
    public static AttributeMap Create(ReadOnlySpan<KeyValuePair<string, AttributeValue>> attributes)
    {
        var owned = new Dictionary<string, AttributeValue>(attributes.Length, StringComparer.Ordinal);
        foreach (var (name, value) in attributes)
        {
            ArgumentNullException.ThrowIfNull(value, nameof(attributes));
            owned[name] = value;
        }

        return new(owned);
    }

    /// <summary>Reads a map from plain JSON, such as <c>{"Size":42}</c>.</summary>
    /// <param name="json">
    /// One JSON object. Texts become strings, numbers keep all their digits, arrays become lists: neither sets nor binaries come
    /// out of plain JSON.
    /// </param>
    /// <returns>The attributes.</returns>
    /// <exception cref="System.Text.Json.JsonException">The text is not a JSON object, or names an attribute twice.</exception>
    /// <exception cref="ValidationException">A number is out of DynamoDB's range.</exception>
    public static AttributeMap FromJson([StringSyntax(StringSyntaxAttribute.Json)] string json) => PlainJson.ReadMap(json);

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

    /// <summary>Returns this map as plain JSON, such as <c>{"Size":42}</c>.</summary>
    /// <param name="indented">Whether the JSON has line breaks.</param>
    /// <returns>One JSON object. Sets become arrays, binaries base64: the types cannot be told from it.</returns>
    public string ToJson(bool indented = false) => PlainJson.Write(this, indented);

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
