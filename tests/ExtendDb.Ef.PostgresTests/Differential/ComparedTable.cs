using System.Text.Json.Nodes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>A key that can be queried: the table's, or an index's.</summary>
/// <param name="IndexName">The index; null for the table.</param>
/// <param name="IsGlobal">Whether it is of a global index, so that its order among equal keys is nobody's promise.</param>
internal sealed record ComparedKey(string? IndexName, bool IsGlobal, IReadOnlyList<KeySchemaElement> Schema)
{
    public string Hash => Schema[0].AttributeName;

    public string? Range => Schema.Count > 1 ? Schema[1].AttributeName : null;
}

/// <summary>A table that both sides have.</summary>
internal sealed class ComparedTable(CreateTableRequest create)
{
    public CreateTableRequest Create => create;

    public string Name => create.TableName;

    public IReadOnlyList<ComparedKey> Keys { get; } =
    [
        new(null, false, create.KeySchema),
        .. create.GlobalSecondaryIndexes.Select(i => new ComparedKey(i.IndexName, true, i.KeySchema)),
        .. create.LocalSecondaryIndexes.Select(i => new ComparedKey(i.IndexName, false, i.KeySchema)),
    ];

    public ComparedKey Primary => Keys[0];

    public AttributeType TypeOf(string attribute) =>
        create.AttributeDefinitions.Single(d => d.AttributeName == attribute).AttributeType;

    public AttributeMap KeyOf(AttributeMap item) =>
        new(Primary.Schema.Where(e => item.ContainsKey(e.AttributeName))
            .Select(e => KeyValuePair.Create(e.AttributeName, item[e.AttributeName])));

    /// <summary>Returns the request as DynamoDB has it.</summary>
    public JsonObject ToWire()
    {
        var request = WireJson.Of(create);
        request["BillingMode"] = "PAY_PER_REQUEST";
        foreach (var indexes in new[] { "GlobalSecondaryIndexes", "LocalSecondaryIndexes" })
        {
            if (request[indexes] is JsonArray { Count: 0 })
            {
                request.Remove(indexes);
            }
            else
            {
                WithoutEmptyLists((JsonArray)request[indexes]!);
            }
        }

        return request;
    }

    private static void WithoutEmptyLists(JsonArray indexes)
    {
        foreach (var index in indexes)
        {
            var projection = (JsonObject)index!["Projection"]!;
            if (projection["NonKeyAttributes"] is JsonArray { Count: 0 })
            {
                projection.Remove("NonKeyAttributes");
            }
        }
    }
}
