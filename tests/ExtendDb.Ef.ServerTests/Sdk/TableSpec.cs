using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ExtendDb.Ef.ServerTests.Sdk;

/// <summary>
/// A table in short, as <c>TableSpec.Of("Id:S Sort:N").WithGlobal("by-year", "Year:N")</c>, created under a name that no
/// other test has.
/// </summary>
internal sealed class TableSpec
{
    private readonly CreateTableRequest _request;

    private TableSpec(string key)
    {
        _request = new()
        {
            TableName = $"t-{Guid.NewGuid():N}",
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [],
        };
        _request.KeySchema = KeyOf(key);
    }

    public static TableSpec Of(string key) => new(key);

    public TableSpec WithGlobal(string name, string key, params string[] nonKeyAttributes)
    {
        _request.GlobalSecondaryIndexes ??= [];
        _request.GlobalSecondaryIndexes.Add(new()
        {
            IndexName = name,
            KeySchema = KeyOf(key),
            Projection = ProjectionOf(nonKeyAttributes),
        });
        return this;
    }

    public TableSpec WithLocal(string name, string key, params string[] nonKeyAttributes)
    {
        _request.LocalSecondaryIndexes ??= [];
        _request.LocalSecondaryIndexes.Add(new()
        {
            IndexName = name,
            KeySchema = KeyOf(key),
            Projection = ProjectionOf(nonKeyAttributes),
        });
        return this;
    }

    /// <summary>Creates the table and waits until it is ACTIVE.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateAsync(IAmazonDynamoDB client)
    {
        await client.CreateTableAsync(_request);
        await Waiting.ReadAsync(
            async () => (await client.DescribeTableAsync(_request.TableName)).Table.TableStatus,
            status => status == TableStatus.ACTIVE);
        return _request.TableName;
    }

    private static Projection ProjectionOf(string[] nonKeyAttributes) => nonKeyAttributes.Length == 0
        ? new() { ProjectionType = ProjectionType.ALL }
        : new() { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = [.. nonKeyAttributes] };

    private List<KeySchemaElement> KeyOf(string key)
    {
        var elements = new List<KeySchemaElement>();
        foreach (var part in key.Split(' '))
        {
            var (name, type) = (part.Split(':')[0], part.Split(':')[1]);
            elements.Add(new(name, elements.Count == 0 ? KeyType.HASH : KeyType.RANGE));
            if (!_request.AttributeDefinitions.Exists(known => known.AttributeName == name))
            {
                _request.AttributeDefinitions.Add(new(name, type));
            }
        }

        return elements;
    }
}
