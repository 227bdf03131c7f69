using System.Text;
using System.Text.Json.Nodes;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Differential.Known;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Two answers to one request that are not the same.</summary>
/// <param name="Before">What was stored in the items that the request names.</param>
internal sealed record Difference(int Step, string Operation, JsonObject Request, Answer Ours, Answer Theirs, string Before)
{
    public override string ToString() =>
        $"""
         step {Step}: {Operation} {WireJson.Canonical(Request)}
           stored: {Before}
           ours:   {Ours.Text}
           theirs: {Theirs.Text}
         """;
}

/// <summary>The same tables in the library and in another implementation, which are asked the same.</summary>
internal sealed class Comparison(IExtendDb db, ReferenceDatabase reference, IReadOnlyList<ComparedTable> tables)
{
    public async Task CreateTablesAsync()
    {
        foreach (var table in tables)
        {
            await db.CreateTableAsync(table.Create);
            var created = await reference.AskAsync("CreateTable", table.ToWire());
            if (created.Error is not null)
            {
                throw new InvalidOperationException(created.Text);
            }
        }
    }

    /// <summary>Gives a request to both sides; returns their answers when they are not the same.</summary>
    public async Task<Difference?> StepAsync(int step, object request)
    {
        var operation = Library.OperationOf(request);
        var wire = WireJson.Of(request);
        var before = await StoredAsync(wire, OurItemAsync);
        var ours = await AskAsync(operation, wire, next => Library.AskAsync(db, At(request, next)));
        var theirs = await AskAsync(operation, wire, next => LevelledAsync(operation, next));
        ours = ours with { Left = await StoredAsync(wire, OurItemAsync) };
        theirs = theirs with { Left = await StoredAsync(wire, TheirItemAsync) };
        return ours.Text == theirs.Text ? null : new(step, operation, wire, ours, theirs, before);
    }

    /// <summary>Reads an item from both sides, each in its own spelling.</summary>
    public async Task<(JsonNode? Ours, JsonNode? Theirs)> ReadAsync(ComparedTable table, AttributeMap key)
    {
        var request = new GetItemRequest(table.Name, key);
        var ours = await Library.AskAsync(db, request);
        var theirs = await reference.AskAsync("GetItem", WireJson.Of(request));
        return (ours.Body["Item"], theirs.Body["Item"]);
    }

    /// <summary>Makes the other side's tables equal to ours, so that one difference is not followed by others.</summary>
    /// <returns>The keys that differed.</returns>
    public async Task<List<string>> LevelAsync()
    {
        var differing = new List<string>();
        foreach (var table in tables)
        {
            var ours = (await db.ScanAsync(new(table.Name))).Items.ToDictionary(i => table.KeyOf(i).ToString());
            var scan = await reference.AskAsync("Scan", new() { ["TableName"] = table.Name });
            var theirs = ((JsonArray)scan.Body["Items"]!).Select(i => Map(i!)).ToDictionary(i => table.KeyOf(i).ToString());
            foreach (var key in ours.Keys.Union(theirs.Keys))
            {
                var (our, their) = (ours.GetValueOrDefault(key), theirs.GetValueOrDefault(key));
                if (Equals(our, their))
                {
                    continue;
                }

                differing.Add($"{table.Name} {key}: ours {our?.ToString() ?? "none"}, theirs {their?.ToString() ?? "none"}");
                var request = WireJson.Of(our is null
                    ? new { TableName = table.Name, Key = table.KeyOf(their!) }
                    : new { TableName = table.Name, Item = our });
                var done = await reference.AskAsync(our is null ? "DeleteItem" : "PutItem", request);
                if (done.Error is not null)
                {
                    throw new InvalidOperationException($"{done.Text} for {request}");
                }
            }
        }

        return differing;
    }

    private async Task<Answer> AskAsync(string operation, JsonObject wire, Func<JsonObject, Task<Answer>> ask)
    {
        if (operation == "ExecuteStatement")
        {
            return await StatementPages.ReadAsync(wire, ask);
        }

        var unordered = operation == "Scan" || (operation == "Query" && wire["IndexName"] is not null);
        if (unordered && wire["ExclusiveStartKey"] is null)
        {
            return await Pages.ReadAsync(wire, ask, operation == "Query" ? Ordered(wire) : null);
        }

        var answer = await ask(wire);
        return unordered && answer.Error is null ? new(null, new() { ["Started"] = true }) : Normal(operation, wire, answer);
    }

    private static object At(object request, JsonObject wire) => request switch
    {
        QueryRequest query => query with { ExclusiveStartKey = Start(wire) },
        ScanRequest scan => scan with { ExclusiveStartKey = Start(wire), Segment = (int?)wire["Segment"] },
        ExecuteStatementRequest statement => statement with { NextToken = (string?)wire["NextToken"] },
        _ => request,
    };

    private static AttributeMap? Start(JsonObject wire) => wire["ExclusiveStartKey"] is { } start ? Map(start) : null;

    /// <summary>Returns the attribute by which a query's items are in order, if the items show it.</summary>
    private string? Ordered(JsonObject wire) =>
        wire["ProjectionExpression"] is null && wire["AttributesToGet"] is null
            ? tables.FirstOrDefault(t => t.Name == (string?)wire["TableName"])
                ?.Keys.FirstOrDefault(k => k.IndexName == (string?)wire["IndexName"])?.Range
            : null;

    private static Answer Normal(string operation, JsonObject wire, Answer answer)
    {
        var body = answer.Body;
        if ((string?)wire["Select"] == "COUNT")
        {
            body.Remove("Items");
        }

        if (operation == "BatchGetItem" && body["Responses"] is JsonObject responses)
        {
            foreach (var (table, items) in responses.ToList())
            {
                responses[table] = WireJson.Unordered((JsonArray)items!);
            }
        }

        if (body["ConsumedCapacity"] is JsonArray capacity)
        {
            body["ConsumedCapacity"] = WireJson.Unordered(capacity);
        }

        return answer;
    }

    private Task<Answer> OurItemAsync(ComparedTable table, AttributeMap key) =>
        Library.AskAsync(db, new GetItemRequest(table.Name, key));

    private Task<Answer> TheirItemAsync(ComparedTable table, AttributeMap key) =>
        LevelledAsync("GetItem", WireJson.Of(new GetItemRequest(table.Name, key)));

    private async Task<Answer> LevelledAsync(string operation, JsonObject wire)
    {
        var answer = await reference.AskAsync(operation, wire);
        return answer with { Body = (JsonObject)Spellings.Level(answer.Body, Spellings.All)! };
    }

    /// <summary>Reads what is stored under the keys that a request names.</summary>
    private async Task<string> StoredAsync(JsonObject wire, Func<ComparedTable, AttributeMap, Task<Answer>> getAsync)
    {
        var stored = new StringBuilder();
        foreach (var (table, key) in Named(wire, null))
        {
            var answer = await getAsync(table, table.KeyOf(Map(key)));
            stored.Append(WireJson.Canonical(answer.Body["Item"])).Append(' ');
        }

        return stored.ToString();
    }

    private IEnumerable<(ComparedTable Table, JsonNode Key)> Named(JsonNode? node, ComparedTable? table)
    {
        if (node is JsonArray list)
        {
            return list.SelectMany(member => Named(member, table));
        }

        if (node is not JsonObject members)
        {
            return [];
        }

        table = tables.FirstOrDefault(t => t.Name == ((members["TableName"] as JsonValue)?.ToString())) ?? table;
        return members.SelectMany(member => member.Key switch
        {
            "Key" or "Item" when table is not null => [(table, member.Value!)],
            "Keys" when table is not null => ((JsonArray)member.Value!).Select(key => (table, key!)),
            "TransactItems" or "Put" or "Get" or "Update" or "Delete" or "ConditionCheck" or "RequestItems" or "PutRequest"
                or "DeleteRequest" => Named(member.Value, table),
            _ when tables.FirstOrDefault(t => t.Name == member.Key) is { } named => Named(member.Value, named),
            _ => [],
        });
    }

    private static AttributeMap Map(JsonNode node) => AttributeJson.ReadMap(Encoding.UTF8.GetBytes(node.ToJsonString()));
}
