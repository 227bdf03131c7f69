using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Random requests of all operations of the data plane, most of them valid.</summary>
internal sealed class RandomRequests(Random random, IReadOnlyList<ComparedTable> tables)
{
    private readonly RandomAttributes _attributes = new(random);

    public object Next()
    {
        var table = _attributes.OneOf(tables);
        return random.Next(20) switch
        {
            < 4 => PutItem(table),
            < 5 => GetItem(table),
            < 9 => UpdateItem(table),
            < 10 => DeleteItem(table),
            10 => BatchGetItem(),
            11 => BatchWriteItem(),
            12 => TransactGetItems(),
            13 or 14 => TransactWriteItems(),
            < 18 => Query(table),
            _ => Scan(table),
        };
    }

    private PutItemRequest PutItem(ComparedTable table)
    {
        var (expressions, legacy) = (new RandomExpressions(_attributes, table), new RandomLegacy(_attributes, table));
        var style = random.Next(10);
        var condition = style < 4 ? expressions.Condition() : null;
        return new(Name(table), _attributes.Item(table))
        {
            ConditionExpression = condition,
            ExpressionAttributeNames = expressions.Names,
            ExpressionAttributeValues = expressions.Values,
            Expected = style is 4 or 5 || Rarely() ? legacy.Expected() : null,
            ConditionalOperator = style is 4 or 5 ? legacy.Joined() : null,
            ReturnValues = Returned(ReturnValue.NONE, ReturnValue.ALL_OLD),
            ReturnValuesOnConditionCheckFailure = OnFailure(),
            ReturnConsumedCapacity = Capacity(),
        };
    }

    private GetItemRequest GetItem(ComparedTable table)
    {
        var (expressions, legacy) = (new RandomExpressions(_attributes, table), new RandomLegacy(_attributes, table));
        var style = random.Next(4);
        var projection = style == 0 ? expressions.Projection() : null;
        return new(Name(table), _attributes.KeyOf(table))
        {
            ProjectionExpression = projection,
            ExpressionAttributeNames = expressions.Names,
            AttributesToGet = style == 1 || Rarely() ? legacy.AttributesToGet() : null,
            ConsistentRead = random.Next(2) == 0,
            ReturnConsumedCapacity = Capacity(),
        };
    }

    private UpdateItemRequest UpdateItem(ComparedTable table)
    {
        var (expressions, legacy) = (new RandomExpressions(_attributes, table), new RandomLegacy(_attributes, table));
        var style = random.Next(12);
        var update = style < 8 ? expressions.Update() : null;
        var condition = style is 0 or 1 or 8 ? expressions.Condition() : null;
        return new(Name(table), _attributes.KeyOf(table))
        {
            UpdateExpression = update,
            ConditionExpression = condition,
            ExpressionAttributeNames = expressions.Names,
            ExpressionAttributeValues = expressions.Values,
            AttributeUpdates = style is 9 or 10 || Rarely() ? legacy.Updates() : null,
            Expected = style == 10 || Rarely() ? legacy.Expected() : null,
            ConditionalOperator = style == 10 ? legacy.Joined() : null,
            ReturnValues = Returned(Enum.GetValues<ReturnValue>()),
            ReturnValuesOnConditionCheckFailure = OnFailure(),
            ReturnConsumedCapacity = Capacity(),
        };
    }

    private DeleteItemRequest DeleteItem(ComparedTable table)
    {
        var (expressions, legacy) = (new RandomExpressions(_attributes, table), new RandomLegacy(_attributes, table));
        var style = random.Next(5);
        var condition = style < 3 ? expressions.Condition() : null;
        return new(Name(table), _attributes.KeyOf(table))
        {
            ConditionExpression = condition,
            ExpressionAttributeNames = expressions.Names,
            ExpressionAttributeValues = expressions.Values,
            Expected = style == 3 || Rarely() ? legacy.Expected() : null,
            ConditionalOperator = style == 3 ? legacy.Joined() : null,
            ReturnValues = Returned(ReturnValue.NONE, ReturnValue.ALL_OLD),
            ReturnValuesOnConditionCheckFailure = OnFailure(),
            ReturnConsumedCapacity = Capacity(),
        };
    }

    private BatchGetItemRequest BatchGetItem()
    {
        var asked = new Dictionary<string, KeysAndAttributes>();
        foreach (var table in SomeTables())
        {
            var (expressions, legacy) = (new RandomExpressions(_attributes, table), new RandomLegacy(_attributes, table));
            var style = random.Next(6);
            var projection = style == 0 ? expressions.Projection() : null;
            List<AttributeMap> keys = [.. _attributes.Several(() => _attributes.KeyOf(table))];
            asked[Name(table)] = new(random.Next(20) == 0 ? keys : [.. keys.Distinct()])
            {
                ProjectionExpression = projection,
                ExpressionAttributeNames = expressions.Names,
                AttributesToGet = Rarely() ? legacy.AttributesToGet() : null,
                ConsistentRead = random.Next(2) == 0,
            };
        }

        return new(asked);
    }

    private BatchWriteItemRequest BatchWriteItem()
    {
        var writes = new Dictionary<string, IReadOnlyList<WriteRequest>>();
        foreach (var table in SomeTables())
        {
            List<AttributeMap> items = [.. _attributes.Several(() => _attributes.Item(table))];
            writes[Name(table)] =
            [
                .. (random.Next(20) == 0 ? items : items.DistinctBy(table.KeyOf))
                    .Select(item => random.Next(3) == 0 ? WriteRequest.Delete(table.KeyOf(item)) : WriteRequest.Put(item)),
            ];
        }

        return new(writes) { ReturnConsumedCapacity = Capacity() };
    }

    private TransactGetItemsRequest TransactGetItems() => new(
        _attributes.Several(() =>
        {
            var table = _attributes.OneOf(tables);
            var expressions = new RandomExpressions(_attributes, table);
            var projection = random.Next(4) == 0 ? expressions.Projection() : null;
            return new TransactGetItem(new(Name(table), _attributes.KeyOf(table))
            {
                ProjectionExpression = projection,
                ExpressionAttributeNames = expressions.Names,
            });
        }))
    {
        ReturnConsumedCapacity = Capacity(),
    };

    private TransactWriteItemsRequest TransactWriteItems() => new(_attributes.Several(WriteAction))
    {
        ReturnConsumedCapacity = Capacity(),
    };

    private TransactWriteItem WriteAction()
    {
        var table = _attributes.OneOf(tables);
        var expressions = new RandomExpressions(_attributes, table);
        var kind = random.Next(6);
        var update = expressions.Update();
        expressions = kind is 2 or 3 ? expressions : new(_attributes, table);
        var condition = kind == 5 || random.Next(3) == 0 ? expressions.Condition() : null;
        var (names, values, onFailure) = (expressions.Names, expressions.Values, OnFailure());
        return kind switch
        {
            0 or 1 => new()
            {
                Put = new(Name(table), _attributes.Item(table))
                {
                    ConditionExpression = condition,
                    ExpressionAttributeNames = names,
                    ExpressionAttributeValues = values,
                    ReturnValuesOnConditionCheckFailure = onFailure,
                },
            },
            2 or 3 => new()
            {
                Update = new(Name(table), _attributes.KeyOf(table), update)
                {
                    ConditionExpression = condition,
                    ExpressionAttributeNames = names,
                    ExpressionAttributeValues = values,
                    ReturnValuesOnConditionCheckFailure = onFailure,
                },
            },
            4 => new()
            {
                Delete = new(Name(table), _attributes.KeyOf(table))
                {
                    ConditionExpression = condition,
                    ExpressionAttributeNames = names,
                    ExpressionAttributeValues = values,
                    ReturnValuesOnConditionCheckFailure = onFailure,
                },
            },
            _ => new()
            {
                ConditionCheck = new(Name(table), _attributes.KeyOf(table), condition!)
                {
                    ExpressionAttributeNames = names,
                    ExpressionAttributeValues = values,
                    ReturnValuesOnConditionCheckFailure = onFailure,
                },
            },
        };
    }

    private QueryRequest Query(ComparedTable table)
    {
        var key = _attributes.OneOf(table.Keys);
        var (expressions, legacy) = (new RandomExpressions(_attributes, table), new RandomLegacy(_attributes, table));
        var old = random.Next(4) == 0;
        var condition = old ? null : expressions.KeyCondition(key);
        var filter = !old && random.Next(3) == 0 ? expressions.Filter(key) : null;
        var projection = random.Next(4) == 0 ? expressions.Projection() : null;
        return new(Name(table))
        {
            IndexName = Index(key),
            KeyConditionExpression = condition,
            KeyConditions = old || Rarely() ? legacy.KeyConditions(key) : null,
            FilterExpression = filter,
            ProjectionExpression = projection,
            ExpressionAttributeNames = expressions.Names,
            ExpressionAttributeValues = expressions.Values,
            QueryFilter = old && random.Next(3) == 0 ? legacy.Filter(key) : null,
            ConditionalOperator = old && random.Next(3) == 0 ? legacy.Joined() : null,
            AttributesToGet = old && projection is null && random.Next(4) == 0 ? legacy.AttributesToGet() : null,
            Select = Selected(),
            Limit = random.Next(3) == 0 ? random.Next(random.Next(10) == 0 ? 0 : 1, 4) : null,
            ExclusiveStartKey = random.Next(12) == 0 ? Start(table, key) : null,
            ScanIndexForward = random.Next(2) == 0,
            ConsistentRead = random.Next(key.IsGlobal ? 20 : 2) == 0,
            ReturnConsumedCapacity = Capacity(),
        };
    }

    private ScanRequest Scan(ComparedTable table)
    {
        var key = _attributes.OneOf(table.Keys);
        var (expressions, legacy) = (new RandomExpressions(_attributes, table), new RandomLegacy(_attributes, table));
        var old = random.Next(4) == 0;
        var filter = !old && random.Next(2) == 0 ? expressions.Condition() : null;
        var projection = !old && random.Next(4) == 0 ? expressions.Projection() : null;
        var (segments, segment) = (random.Next(1, 4), random.Next(15) == 0 ? 3 : 0);
        var segmented = random.Next(8) == 0;
        return new(Name(table))
        {
            IndexName = Index(key),
            FilterExpression = filter,
            ProjectionExpression = projection,
            ExpressionAttributeNames = expressions.Names,
            ExpressionAttributeValues = expressions.Values,
            ScanFilter = old && random.Next(2) == 0 ? legacy.Filter(null) : null,
            ConditionalOperator = old && random.Next(2) == 0 ? legacy.Joined() : null,
            AttributesToGet = old && random.Next(4) == 0 ? legacy.AttributesToGet() : null,
            Select = Selected(),
            Limit = random.Next(3) == 0 ? random.Next(random.Next(10) == 0 ? 0 : 1, 4) : null,
            ExclusiveStartKey = random.Next(12) == 0 ? Start(table, key) : null,
            Segment = segmented || Rarely() ? segment : null,
            TotalSegments = segmented || Rarely() ? segments : null,
            ConsistentRead = random.Next(key.IsGlobal ? 20 : 2) == 0,
            ReturnConsumedCapacity = Capacity(),
        };
    }

    private AttributeMap Start(ComparedTable table, ComparedKey key)
    {
        var start = _attributes.KeyOf(table);
        foreach (var element in key.Schema.Where(e => !start.ContainsKey(e.AttributeName) && random.Next(10) > 0))
        {
            start = start.With(element.AttributeName, _attributes.Key(table.TypeOf(element.AttributeName)));
        }

        return start;
    }

    private bool Rarely() => random.Next(60) == 0;

    private string Name(ComparedTable table) => random.Next(80) == 0 ? "missing_table" : table.Name;

    private string? Index(ComparedKey key) => random.Next(50) == 0 ? "missing_index" : key.IndexName;

    private IEnumerable<ComparedTable> SomeTables() => _attributes.Several(() => _attributes.OneOf(tables)).Distinct();

    private ReturnValue Returned(params ReadOnlySpan<ReturnValue> usual) => random.Next(50) == 0
        ? _attributes.OneOf(Enum.GetValues<ReturnValue>())
        : usual[random.Next(usual.Length)];

    private Select? Selected() => random.Next(4) == 0 ? _attributes.OneOf(Enum.GetValues<Select>()) : null;

    private ReturnConsumedCapacity Capacity() => random.Next(4) == 0
        ? _attributes.OneOf(Enum.GetValues<ReturnConsumedCapacity>())
        : ReturnConsumedCapacity.NONE;

    private ReturnValuesOnConditionCheckFailure OnFailure() =>
        _attributes.OneOf(Enum.GetValues<ReturnValuesOnConditionCheckFailure>());
}
