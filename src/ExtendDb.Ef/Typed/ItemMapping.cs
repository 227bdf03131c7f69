using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Typed;

namespace ExtendDb.Ef;

/// <summary>How the objects of a class are stored as items: by its JSON contract, with a table name and key members.</summary>
/// <typeparam name="T">The class of the items.</typeparam>
/// <remarks>
/// Immutable. Create it once and keep it: it remembers what it has found out about the class. A member is an attribute of the
/// name that it has in JSON. Strings, numbers, Booleans, lists, dictionaries and objects become attributes of type S, N, BOOL,
/// L and M, as their JSON says; byte arrays become B; sets become SS, NS or BS. A member that is null, or an empty set, is left
/// out. A member without an attribute keeps the value that the class gives it; a set that cannot be null is empty. Members of the types
/// <see cref="AttributeValue"/>, <see cref="AttributeMap"/> and <see cref="DynamoNumber"/> keep whatever DynamoDB can store.
/// </remarks>
public sealed class ItemMapping<T>
    where T : class
{
    private readonly JsonTypeInfo<T> _json;

    /// <summary>Initializes a mapping by a contract, such as a source-generated one.</summary>
    /// <param name="json">The contract of the class.</param>
    /// <param name="configure">Adds what the attributes at the class and its members do not say; null for nothing.</param>
    /// <exception cref="ArgumentException">
    /// A member that is named is not one, two members have the same part in the key, or a member cannot be a key.
    /// </exception>
    public ItemMapping(JsonTypeInfo<T> json, Action<ItemMappingBuilder<T>>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.MakeReadOnly();
        _json = json;
        var builder = new ItemMappingBuilder<T>();
        configure?.Invoke(builder);
        Contract = new(json.Options, builder.Nulls);
        TableName = builder.TableName ?? typeof(T).GetCustomAttribute<TableNameAttribute>(inherit: false)?.Name ?? typeof(T).Name;
        PartitionKey = Key(Member<PartitionKeyAttribute>(builder.Partition), isSortKey: false);
        SortKey = Key(Member<SortKeyAttribute>(builder.Sort), isSortKey: true);
        Version = Member<ItemVersionAttribute>(builder.ItemVersion);
    }

    /// <summary>Gets the name of the table, or its ARN.</summary>
    public string TableName { get; }

    internal ItemContract Contract { get; }

    internal ItemMember? PartitionKey { get; }

    internal ItemMember? SortKey { get; }

    internal ItemMember? Version { get; }

    /// <summary>Gets the names of the attributes that the class has; none when it takes whatever there is.</summary>
    internal IReadOnlyCollection<string> Attributes => _json.Properties.Any(property => property.IsExtensionData)
        ? []
        : [.. Contract.Shapes.Of(typeof(T)).Members.Keys];

    /// <summary>Returns the item of an object.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Its attributes.</returns>
    /// <exception cref="ValidationException">A number is out of DynamoDB's range.</exception>
    /// <exception cref="InvalidOperationException">The JSON of the object is not a JSON object.</exception>
    public AttributeMap ToItem(T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Contract.ToValue(item, _json) is AttributeValue.M map
            ? map.Value
            : throw new InvalidOperationException($"{typeof(T)} is not an object in JSON, so it cannot be an item.");
    }

    /// <summary>Returns the object of an item.</summary>
    /// <param name="item">The attributes. Those that the class has no members for are passed over.</param>
    /// <returns>A new object.</returns>
    /// <exception cref="System.Text.Json.JsonException">
    /// An attribute has a type that its member cannot have, or a member that the class requires has none.
    /// </exception>
    public T FromItem(AttributeMap item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Contract.ToObject(item, _json);
    }

    private ItemMember? Key(ItemMember? member, bool isSortKey) => member switch
    {
        null => null,
        _ when member.NoKeyBecause(isSortKey) is { } reason =>
            throw new ArgumentException($"{typeof(T).Name}.{member.Name} cannot be a key: {reason}."),
        _ when isSortKey && member.Name == PartitionKey?.Name =>
            throw new ArgumentException($"{typeof(T).Name}.{member.Name} cannot be both the partition key and the sort key."),
        _ => member,
    };

    private ItemMember? Member<TAttribute>(LambdaExpression? named)
        where TAttribute : Attribute
    {
        if (named is not null)
        {
            return MemberPath.Of(named, Contract.Shapes) is [var only]
                ? new(only, Contract)
                : throw new ArgumentException($"{named} is not a member of {typeof(T).Name} itself.");
        }

        return _json.Properties.Where(ItemMember.Has<TAttribute>).ToList() switch
        {
            [] => null,
            [var marked] => new(marked, Contract),
            var several => throw new ArgumentException(
                $"Several members of {typeof(T).Name} have a {typeof(TAttribute).Name}: {string.Join(", ", several.Select(member => member.Name))}."),
        };
    }
}
