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

    /// <summary>Makes tables with keys of all types, with and without a sort key, and indexes of all projections.</summary>
    public static IReadOnlyList<ComparedTable> All() =>
    [
        new(OperationsTable.Of("p:S")
            .WithGlobal("gsi", "n1:N").WithGlobal("gsb", "s1:S b1:B", Projection.Include("a", "m"))),
        new(OperationsTable.Of("p:S n1:N")
            .WithLocal("lss", "p:S s1:S").WithLocal("lsb", "p:S b1:B", Projection.KeysOnly)
            .WithGlobal("gsn", "s1:S n1:N", Projection.KeysOnly).WithGlobal("gbp", "b1:B p:S", Projection.Include("a", "c"))),
        new(OperationsTable.Of("n1:N b1:B").WithLocal("lin", "n1:N s1:S", Projection.Include("a"))),
        new(OperationsTable.Of("b1:B s1:S").WithGlobal("swapped", "s1:S b1:B")),
    ];

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
