using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Typed;

/// <summary>A member of a class whose attribute has a part in the table's key, or counts versions.</summary>
/// <param name="property">The contract of the member.</param>
/// <param name="contract">The contract of the items.</param>
internal sealed class ItemMember(JsonPropertyInfo property, ItemContract contract)
{
    // The converter of a member is not that of its type.
    private readonly ItemContract _contract = property.CustomConverter is { } own ? contract.With(own) : contract;
    private readonly Type _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    /// <summary>Gets the name of the attribute.</summary>
    public string Name { get; } = property.Name;

    /// <summary>Gets the type of the attribute in a key, which the type of the member implies.</summary>
    public AttributeType KeyType =>
        Form == DocumentForm.Binary ? AttributeType.B
        : _type.IsEnum ? ToValue(Enum.ToObject(_type, 0)).Type
        : _type.IsPrimitive || _type == typeof(decimal) || _type == typeof(DynamoNumber)
            || _type == typeof(Int128) || _type == typeof(UInt128) ? AttributeType.N
        : AttributeType.S;

    private DocumentForm Form => _contract.Shapes.Of(_type).Form;

    /// <summary>Returns why values of the member cannot be keys; null when they can.</summary>
    public string? NoKeyBecause(bool isSortKey) =>
        property.CustomConverter is not null ? null
        : _type == typeof(bool) || Form is not (DocumentForm.Plain or DocumentForm.Binary or DocumentForm.AttributeValue)
            ? "keys are strings, numbers or binaries"
        : isSortKey && (_type == typeof(DateTime) || _type == typeof(TimeSpan))
            ? "its text has another order than its values; DateTimeOffset and numbers keep their order"
        : null;

    /// <summary>Returns the attribute of a value of the member.</summary>
    public AttributeValue ToValue(object value) => _contract.ToValue(value);

    /// <summary>Returns whether a member, or the parameter of the constructor behind it, has an attribute.</summary>
    public static bool Has<TAttribute>(JsonPropertyInfo property)
        where TAttribute : Attribute =>
        property.AttributeProvider?.IsDefined(typeof(TAttribute), inherit: true) == true
        || property.AssociatedParameter?.AttributeProvider?.IsDefined(typeof(TAttribute), inherit: true) == true;

    /// <summary>Returns whether the contract is that of a property or field with a name.</summary>
    public static bool IsOf(JsonPropertyInfo property, string member) =>
        property.AttributeProvider is MemberInfo info ? info.Name == member : property.Name == member;
}
