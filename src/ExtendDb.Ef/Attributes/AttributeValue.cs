using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Attributes.Json;

namespace ExtendDb.Ef.Model;

/// <summary>A value of an attribute in one of DynamoDB's ten types; immutable, and equal by content.</summary>
/// <remarks>
/// The ten nested types are the only ones. Sets are compared without regard to order, numbers by value. Source:
/// DynamoDB API, AttributeValue. System.Text.Json reads and writes a value as DynamoDB JSON, such as <c>{"N":"42"}</c>;
/// <see cref="ToJson"/> and <see cref="FromJson"/> use plain JSON.
/// </remarks>
[JsonConverter(typeof(AttributeValueJsonConverter<AttributeValue>))]
public abstract class AttributeValue : IEquatable<AttributeValue>
{
    private AttributeValue(AttributeType type) => Type = type;

    /// <summary>Gets the type of this value.</summary>
    public AttributeType Type { get; }

    /// <inheritdoc/>
    public abstract bool Equals(AttributeValue? other);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as AttributeValue);

    /// <inheritdoc/>
    public abstract override int GetHashCode();

    /// <summary>Reads a value from plain JSON, such as <c>42</c>.</summary>
    /// <param name="json">
    /// One JSON value. A text becomes a string, a number keeps all its digits, an array becomes a list.
    /// </param>
    /// <returns>The value.</returns>
    /// <exception cref="System.Text.Json.JsonException">The text is not JSON, or names a member of a map twice.</exception>
    /// <exception cref="ValidationException">A number is out of DynamoDB's range.</exception>
    public static AttributeValue FromJson([StringSyntax(StringSyntaxAttribute.Json)] string json) => PlainJson.ReadValue(json);

    /// <summary>Returns this value as plain JSON, such as <c>42</c>.</summary>
    /// <param name="indented">Whether the JSON has line breaks.</param>
    /// <returns>One JSON value. Sets become arrays, binaries base64: the types cannot be told from it.</returns>
    public string ToJson(bool indented = false) => PlainJson.Write(this, indented);

    /// <summary>Returns this value as DynamoDB JSON for display.</summary>
    /// <returns>One JSON object, such as <c>{"N":"42"}</c>.</returns>
    public sealed override string ToString() => AttributeJson.WriteString(this);

    /// <summary>Creates a string value.</summary>
    /// <param name="value">The text.</param>
    public static implicit operator AttributeValue(string value) => new S(value);

    /// <summary>Creates a number value.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator AttributeValue(int value) => (long)value;

    /// <summary>Creates a number value.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator AttributeValue(long value) =>
        new N(DynamoNumber.Parse(value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Creates a number value.</summary>
    /// <param name="value">The number, which is kept exactly.</param>
    public static implicit operator AttributeValue(decimal value) =>
        new N(DynamoNumber.Parse(value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Creates a number value.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator AttributeValue(DynamoNumber value) => new N(value);

    /// <summary>Creates a Boolean value.</summary>
    public static implicit operator AttributeValue(bool value) => new BOOL(value);

    /// <summary>Creates a binary value from a copy of the bytes.</summary>
    /// <param name="value">The bytes.</param>
    public static implicit operator AttributeValue(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new B(value.ToArray());
    }

    /// <summary>Creates a map value.</summary>
    /// <param name="value">The members of the map.</param>
    public static implicit operator AttributeValue(AttributeMap value) => new M(value);

    /// <summary>A string.</summary>
    [JsonConverter(typeof(AttributeValueJsonConverter<S>))]
    public sealed class S : AttributeValue
    {
        /// <summary>Initializes a string.</summary>
        /// <param name="value">The text; it may be empty, except in a key.</param>
        public S(string value) : base(AttributeType.S)
        {
            ArgumentNullException.ThrowIfNull(value);
            Value = value;
        }

        /// <summary>Gets the text.</summary>
        public string Value { get; }

        /// <summary>Gives the value to a positional pattern.</summary>
        public void Deconstruct(out string value) => value = Value;

        /// <inheritdoc/>
        public override bool Equals(AttributeValue? other) => other is S s && s.Value == Value;

        /// <inheritdoc/>
        public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>A number of up to 38 digits.</summary>
    /// <param name="value">The number.</param>
    [JsonConverter(typeof(AttributeValueJsonConverter<N>))]
    public sealed class N(DynamoNumber value) : AttributeValue(AttributeType.N)
    {
        /// <summary>Gets the number.</summary>
        public DynamoNumber Value { get; } = value;

        /// <summary>Gives the value to a positional pattern.</summary>
        public void Deconstruct(out DynamoNumber value) => value = Value;

        /// <inheritdoc/>
        public override bool Equals(AttributeValue? other) => other is N n && n.Value == Value;

        /// <inheritdoc/>
        public override int GetHashCode() => Value.GetHashCode();
    }

    /// <summary>A binary.</summary>
    /// <param name="value">The bytes; the caller must not change them afterwards.</param>
    [JsonConverter(typeof(AttributeValueJsonConverter<B>))]
    public sealed class B(ReadOnlyMemory<byte> value) : AttributeValue(AttributeType.B)
    {
        /// <summary>Gets the bytes.</summary>
        public ReadOnlyMemory<byte> Value { get; } = value;

        /// <summary>Gives the value to a positional pattern.</summary>
        public void Deconstruct(out ReadOnlyMemory<byte> value) => value = Value;

        /// <inheritdoc/>
        public override bool Equals(AttributeValue? other) => other is B b && b.Value.Span.SequenceEqual(Value.Span);

        /// <inheritdoc/>
        public override int GetHashCode() => BytesComparer.Hash(Value.Span);
    }

    /// <summary>A Boolean.</summary>
    [JsonConverter(typeof(AttributeValueJsonConverter<BOOL>))]
    public sealed class BOOL(bool value) : AttributeValue(AttributeType.BOOL)
    {
        /// <summary>Gets whether the value is true.</summary>
        public bool Value { get; } = value;

        /// <summary>Gives the value to a positional pattern.</summary>
        public void Deconstruct(out bool value) => value = Value;

        /// <inheritdoc/>
        public override bool Equals(AttributeValue? other) => other is BOOL b && b.Value == Value;

        /// <inheritdoc/>
        public override int GetHashCode() => Value.GetHashCode();
    }

    /// <summary>The null value.</summary>
    [JsonConverter(typeof(AttributeValueJsonConverter<NULL>))]
    public sealed class NULL() : AttributeValue(AttributeType.NULL)
    {
        /// <inheritdoc/>
        public override bool Equals(AttributeValue? other) => other is NULL;

        /// <inheritdoc/>
        public override int GetHashCode() => 1;
    }

    /// <summary>A map of names to values.</summary>
    [JsonConverter(typeof(AttributeValueJsonConverter<M>))]
    public sealed class M : AttributeValue
    {
        /// <summary>Initializes a map.</summary>
        /// <param name="value">The members; the map may be empty.</param>
        public M(AttributeMap value) : base(AttributeType.M)
        {
            ArgumentNullException.ThrowIfNull(value);
            Value = value;
        }

        /// <summary>Gets the members.</summary>
        public AttributeMap Value { get; }

        /// <summary>Gives the value to a positional pattern.</summary>
        public void Deconstruct(out AttributeMap value) => value = Value;

        /// <inheritdoc/>
        public override bool Equals(AttributeValue? other) => other is M m && m.Value.Equals(Value);

        /// <inheritdoc/>
        public override int GetHashCode() => Value.GetHashCode();
    }

    /// <summary>A list of values of any types.</summary>
    [CollectionBuilder(typeof(L), nameof(Create))]
    [JsonConverter(typeof(AttributeValueJsonConverter<L>))]
    public sealed class L : AttributeValue, IReadOnlyList<AttributeValue>
    {
        /// <summary>Initializes a list.</summary>
        /// <param name="value">The values in order; the list may be empty.</param>
        public L(params IEnumerable<AttributeValue> value) : base(AttributeType.L)
        {
            ArgumentNullException.ThrowIfNull(value);
            Value = [.. value];
            foreach (var member in Value)
            {
                ArgumentNullException.ThrowIfNull(member, nameof(value));
            }
        }

        /// <summary>Gets the values in order.</summary>
        public IReadOnlyList<AttributeValue> Value { get; }

        /// <inheritdoc/>
        public int Count => Value.Count;

        /// <inheritdoc/>
        public AttributeValue this[int index] => Value[index];

        /// <summary>Creates the list of a collection expression.</summary>
        /// <param name="values">The values in order.</param>
        /// <returns>A new list.</returns>
        public static L Create(ReadOnlySpan<AttributeValue> values) => new(values.ToArray());

        /// <inheritdoc/>
        public IEnumerator<AttributeValue> GetEnumerator() => Value.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <inheritdoc/>
        public override bool Equals(AttributeValue? other) => other is L l && l.Value.SequenceEqual(Value);

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var value in Value)
            {
                hash.Add(value);
            }

            return hash.ToHashCode();
        }
    }

    /// <summary>A set of strings.</summary>
    /// <param name="value">At least one string, each only once.</param>
    /// <exception cref="ExtendDb.Ef.Model.ValidationException">The set is empty or contains a string twice.</exception>
    [JsonConverter(typeof(AttributeValueJsonConverter<SS>))]
    public sealed class SS(params IEnumerable<string> value) : AttributeValue(AttributeType.SS)
    {
        private readonly HashSet<string> _members =
            SetMembers.Distinct(value, StringComparer.Ordinal, Utf8Comparer.Instance, "An string set  may not be empty", s => s);

        /// <summary>Gets the strings, in the order of their bytes in UTF-8.</summary>
        public IReadOnlySet<string> Value => _members;

        /// <summary>Gives the value to a positional pattern.</summary>
        public void Deconstruct(out IReadOnlySet<string> value) => value = Value;

        /// <inheritdoc/>
        public override bool Equals(AttributeValue? other) => other is SS set && set._members.SetEquals(_members);

        /// <inheritdoc/>
        public override int GetHashCode() => SetMembers.Hash(_members);
    }

    /// <summary>A set of numbers.</summary>
    /// <param name="value">At least one number, each only once; 1 and 1.0 are the same number.</param>
    /// <exception cref="ExtendDb.Ef.Model.ValidationException">The set is empty or contains a number twice.</exception>
    [JsonConverter(typeof(AttributeValueJsonConverter<NS>))]
    public sealed class NS(params IEnumerable<DynamoNumber> value) : AttributeValue(AttributeType.NS)
    {
        private readonly HashSet<DynamoNumber> _members = SetMembers.Distinct(
            value, EqualityComparer<DynamoNumber>.Default, Comparer<DynamoNumber>.Default, "An number set  may not be empty", n => n.ToString());

        /// <summary>Gets the numbers, in the order of their values.</summary>
        public IReadOnlySet<DynamoNumber> Value => _members;

        /// <summary>Gives the value to a positional pattern.</summary>
        public void Deconstruct(out IReadOnlySet<DynamoNumber> value) => value = Value;

        /// <inheritdoc/>
        public override bool Equals(AttributeValue? other) => other is NS set && set._members.SetEquals(_members);

        /// <inheritdoc/>
        public override int GetHashCode() => SetMembers.Hash(_members);
    }

    /// <summary>A set of binaries.</summary>
    /// <param name="value">At least one binary, each only once.</param>
    /// <exception cref="ExtendDb.Ef.Model.ValidationException">The set is empty or contains a binary twice.</exception>
    [JsonConverter(typeof(AttributeValueJsonConverter<BS>))]
    public sealed class BS(params IEnumerable<ReadOnlyMemory<byte>> value) : AttributeValue(AttributeType.BS)
    {
        private readonly HashSet<ReadOnlyMemory<byte>> _members = SetMembers.Distinct(
            value, BytesComparer.Instance, BytesComparer.Instance, "Binary sets should not be empty", b => Convert.ToBase64String(b.Span));

        /// <summary>Gets the binaries, in the order of their bytes.</summary>
        public IReadOnlySet<ReadOnlyMemory<byte>> Value => _members;

        /// <summary>Gives the value to a positional pattern.</summary>
        public void Deconstruct(out IReadOnlySet<ReadOnlyMemory<byte>> value) => value = Value;

        /// <inheritdoc/>
        public override bool Equals(AttributeValue? other) => other is BS set && set._members.SetEquals(_members);

        /// <inheritdoc/>
        public override int GetHashCode() => SetMembers.Hash(_members, BytesComparer.Instance);
    }
}
