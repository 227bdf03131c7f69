using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.WebConsole.Items;

/// <summary>What the form of the items page asks for: a Query when the partition key is given, otherwise a Scan.</summary>
internal sealed class ItemSearch(TableDefinition table)
{
    private const int DefaultLimit = 50;

    /// <summary>Gets or sets the name of the index; empty for the table.</summary>
    public string IndexName { get; set; } = string.Empty;

    /// <summary>Gets the conditions on the key, by attribute.</summary>
    public Dictionary<string, FieldCondition> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the conditions of the filter.</summary>
    public List<FieldCondition> Filters { get; } = [];

    public bool IsForward { get; set; } = true;

    /// <summary>Gets or sets how many items are looked at for a page, 1 to 1,000.</summary>
    public int Limit { get; set; } = DefaultLimit;

    /// <summary>Gets the key of the table or the index.</summary>
    public KeySchema Schema => table.Indexes.FirstOrDefault(index => index.Name == IndexName)?.KeySchema ?? table.KeySchema;

    /// <summary>Gets whether the whole partition key is given.</summary>
    public bool IsQuery => Schema.HashAttributes.All(part => Condition(part).Text.Length > 0);

    /// <summary>Returns the condition on an attribute of the key.</summary>
    public FieldCondition Condition(KeyAttribute part)
    {
        if (!Keys.TryGetValue(part.Name, out var condition) || condition.Type != part.Type)
        {
            Keys[part.Name] = condition = new() { Name = part.Name, Type = part.Type, IsKey = true };
        }

        return condition;
    }

    /// <summary>Reads a page.</summary>
    /// <exception cref="FormatException">A field does not hold a value of its type.</exception>
    public async Task<ItemPage> ReadAsync(IExtendDb extendDb, AttributeMap? from, CancellationToken cancellationToken)
    {
        var filter = new ExpressionText();
        var filterText = filter.All(Filters.Where(condition => condition.Name.Length > 0));
        var index = IndexName.Length > 0 ? IndexName : null;
        var limit = Math.Clamp(Limit, 1, 1_000);
        if (!IsQuery)
        {
            var scan = await extendDb.ScanAsync(
                new(table.Name)
                {
                    IndexName = index,
                    FilterExpression = filterText,
                    ExpressionAttributeNames = filter.Names,
                    ExpressionAttributeValues = filter.Values,
                    Limit = limit,
                    ExclusiveStartKey = from,
                },
                cancellationToken);
            return new(scan.Items, scan.ScannedCount, scan.LastEvaluatedKey);
        }

        var keyText = filter.All(
            Schema.HashAttributes.Select(Condition).Concat(Schema.RangeAttributes.Select(Condition).TakeWhile(part => part.IsGiven)));
        var query = await extendDb.QueryAsync(
            new(table.Name)
            {
                IndexName = index,
                KeyConditionExpression = keyText,
                FilterExpression = filterText,
                ExpressionAttributeNames = filter.Names,
                ExpressionAttributeValues = filter.Values,
                ScanIndexForward = IsForward,
                Limit = limit,
                ExclusiveStartKey = from,
            },
            cancellationToken);
        return new(query.Items, query.ScannedCount, query.LastEvaluatedKey);
    }
}
