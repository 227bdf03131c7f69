using System.Text.RegularExpressions;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Typed;

/// <summary>Makes the requests for the objects of a class.</summary>
/// <param name="TableName">The name of the table, or its ARN.</param>
/// <param name="Mapping">How the objects are stored.</param>
/// <param name="PartitionKey">The partition key; null when no class named it.</param>
/// <param name="SortKey">The sort key; null for none.</param>
/// <param name="Version">The number that counts versions; null for none.</param>
/// <param name="IsPart">Whether only the members of the class are to be read.</param>
internal sealed partial record TypedRequests<T>(
    string TableName, ItemMapping<T> Mapping, ItemMember? PartitionKey, ItemMember? SortKey, ItemMember? Version, bool IsPart)
    where T : class
{
    public TypedRequests(string? tableName, ItemMapping<T> mapping)
        : this(tableName ?? mapping.TableName, mapping, mapping.PartitionKey, mapping.SortKey, mapping.Version, IsPart: false)
    {
    }

    public bool HasVersions => Version is not null;

    public TypedRequests<TPart> As<TPart>(ItemMapping<TPart> part)
        where TPart : class =>
        new(TableName, part, PartitionKey, SortKey, Version, IsPart: true);

    public AttributeMap Key(PrimaryKey key)
    {
        var partition = PartitionKey ?? throw NoKey();
        return (SortKey, key.SortKey) switch
        {
            (null, null) => new() { [partition.Name] = partition.ToValue(key.PartitionKey) },
            ({ } sort, { } value) => new() { [partition.Name] = partition.ToValue(key.PartitionKey), [sort.Name] = sort.ToValue(value) },
            (null, _) => throw new InvalidOperationException($"{typeof(T).Name} names no sort key, so its keys have one value."),
            ({ } sort, null) => throw new InvalidOperationException($"A key of {typeof(T).Name} needs a value of {sort.Name}, its sort key."),
        };
    }

    /// <summary>Returns the attributes of the key that an item has; the operation refuses an item without them.</summary>
    public AttributeMap KeyOf(AttributeMap item)
    {
        var partition = PartitionKey ?? throw NoKey();
        return [.. item.Where(attribute => attribute.Key == partition.Name || attribute.Key == SortKey?.Name)];
    }

    /// <summary>Returns the item of an object with the version behind its own.</summary>
    public AttributeMap NextVersion(T item) => NextVersion(Mapping.ToItem(item));

    public CreateTableRequest CreateTable()
    {
        var partition = PartitionKey ?? throw NoKey();
        return SortKey is null
            ? new(TableName, [new(partition.Name, KeyType.HASH)], [new(partition.Name, partition.KeyType)])
            : new(
                TableName,
                [new(partition.Name, KeyType.HASH), new(SortKey.Name, KeyType.RANGE)],
                [new(partition.Name, partition.KeyType), new(SortKey.Name, SortKey.KeyType)]);
    }

    public GetItemRequest Get(PrimaryKey key)
    {
        var (expression, names) = Projection();
        return new(TableName, Key(key)) { ProjectionExpression = expression, ExpressionAttributeNames = names };
    }

    public Put Put(T item, ItemExpression? condition)
    {
        var attributes = Mapping.ToItem(item);
        var parts = new ExpressionParts(Mapping.Contract);
        var text = And(parts.Write(condition), Unchanged(parts, attributes));
        return new(TableName, NextVersion(attributes))
        {
            ConditionExpression = text,
            ExpressionAttributeNames = parts.Names,
            ExpressionAttributeValues = parts.Values,
        };
    }

    public Update Update(PrimaryKey key, ItemExpression update, ItemExpression? condition)
    {
        ArgumentNullException.ThrowIfNull(update);
        var parts = new ExpressionParts(Mapping.Contract);
        return new(TableName, Key(key), CountVersion(parts, parts.Write(update)!))
        {
            ConditionExpression = parts.Write(condition),
            ExpressionAttributeNames = parts.Names,
            ExpressionAttributeValues = parts.Values,
        };
    }

    public Delete Delete(PrimaryKey key, ItemExpression? condition) => Delete(Key(key), condition, version: null);

    public Delete Delete(T item, ItemExpression? condition)
    {
        var attributes = Mapping.ToItem(item);
        return Delete(KeyOf(attributes), condition, attributes);
    }

    public ConditionCheck Check(PrimaryKey key, ItemExpression condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var parts = new ExpressionParts(Mapping.Contract);
        return new(TableName, Key(key), parts.Write(condition)!)
        {
            ExpressionAttributeNames = parts.Names,
            ExpressionAttributeValues = parts.Values,
        };
    }

    public QueryRequest Query(ItemQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var parts = new ExpressionParts(Mapping.Contract);
        return new(TableName)
        {
            IndexName = query.IndexName,
            KeyConditionExpression = parts.Write(query.Key),
            FilterExpression = parts.Write(query.Filter),
            ProjectionExpression = Projection(parts),
            ScanIndexForward = query.ScanIndexForward,
            Limit = query.Limit,
            ExclusiveStartKey = query.ExclusiveStartKey,
            ExpressionAttributeNames = parts.Names,
            ExpressionAttributeValues = parts.Values,
        };
    }

    public ScanRequest Scan(ItemScan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        var parts = new ExpressionParts(Mapping.Contract);
        return new(TableName)
        {
            IndexName = scan.IndexName,
            FilterExpression = parts.Write(scan.Filter),
            ProjectionExpression = Projection(parts),
            Limit = scan.Limit,
            ExclusiveStartKey = scan.ExclusiveStartKey,
            ExpressionAttributeNames = parts.Names,
            ExpressionAttributeValues = parts.Values,
        };
    }

    /// <summary>Returns the attributes to read, and the names behind their placeholders; null for all.</summary>
    public (string? Expression, IReadOnlyDictionary<string, string>? Names) Projection()
    {
        var parts = new ExpressionParts(Mapping.Contract);
        return (Projection(parts), parts.Names);
    }

    private Delete Delete(AttributeMap key, ItemExpression? condition, AttributeMap? version)
    {
        var parts = new ExpressionParts(Mapping.Contract);
        var text = And(parts.Write(condition), version is null ? null : Unchanged(parts, version));
        return new(TableName, key)
        {
            ConditionExpression = text,
            ExpressionAttributeNames = parts.Names,
            ExpressionAttributeValues = parts.Values,
        };
    }

    private string? Projection(ExpressionParts parts) =>
        IsPart && Mapping.Attributes is { Count: > 0 } attributes ? string.Join(", ", attributes.Select(parts.Name)) : null;

    private AttributeMap NextVersion(AttributeMap attributes) => Version is null
        ? attributes
        : attributes.With(Version.Name, Number(attributes) + DynamoNumber.Parse("1"));

    /// <summary>Returns the condition that the stored item has the version of an object; null without versions.</summary>
    private string? Unchanged(ExpressionParts parts, AttributeMap attributes)
    {
        if (Version is null)
        {
            return null;
        }

        var (name, number) = (parts.Name(Version.Name), Number(attributes));
        return number.Sign == 0 ? $"attribute_not_exists({name})" : $"{name} = {parts.Value(number)}";
    }

    /// <summary>Adds the count of versions to the ADD clause of an update, of which there may be only one.</summary>
    private string CountVersion(ExpressionParts parts, string update)
    {
        if (Version is null)
        {
            return update;
        }

        var count = $"ADD {parts.Name(Version.Name)} {parts.Value(1)}";
        var add = AddClause().Match(update);
        return add.Success ? $"{update[..add.Index]}{count}, {update[(add.Index + add.Length)..]}" : $"{update} {count}";
    }

    private DynamoNumber Number(AttributeMap attributes) =>
        attributes.TryGetValue(Version!.Name, out var value) && value is AttributeValue.N(var number)
            ? number
            : value is null or AttributeValue.NULL
                ? DynamoNumber.Parse("0")
                : throw new InvalidOperationException($"{Version.Name} counts versions, so it must be stored as a number.");

    private static string? And(string? condition, string? unchanged) =>
        condition is null ? unchanged : unchanged is null ? condition : $"({condition}) AND {unchanged}";

    private static InvalidOperationException NoKey() => new(
        $"{typeof(T).Name} names no partition key: mark a member with [PartitionKey], or name it in an ItemMapping<{typeof(T).Name}>.");

    // A name in an expression cannot be ADD, which is reserved; a placeholder can.
    [GeneratedRegex(@"(?<![#:\w])ADD\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AddClause();
}
