using System.Text.Json;

namespace ExtendDb.Ef.PostgresTests.Storage;

/// <summary>The plan of a statement that was run, as EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) reports it.</summary>
/// <param name="text">The JSON text of the report.</param>
internal sealed class ExplainedPlan(string text)
{
    private readonly JsonElement _root = JsonDocument.Parse(text).RootElement[0].GetProperty("Plan");

    /// <summary>Gets the number of looks at pages of 8 KB.</summary>
    public long Buffers => Number(_root, "Shared Hit Blocks") + Number(_root, "Shared Read Blocks");

    /// <summary>Gets the number of deleted rows.</summary>
    public long Deleted => Nodes(_root)
        .Where(n => Text(n, "Operation") == "Delete")
        .Sum(n => Number(n, "Actual Rows"));

    /// <summary>Gets for each sort the number of its rows.</summary>
    public IEnumerable<long> RowsSorted => Nodes(_root)
        .Where(n => Text(n, "Node Type").EndsWith("Sort", StringComparison.Ordinal))
        .Select(n => Rows(n.GetProperty("Plans")[0]));

    /// <summary>Gets the names of the indexes that are read, each once.</summary>
    public IEnumerable<string> Indexes => Nodes(_root)
        .Select(n => Text(n, "Index Name"))
        .Where(name => name != "")
        .Distinct();

    /// <summary>Gets the names of the tables that are read from their beginning to their end.</summary>
    public IEnumerable<string> SequentialScans => Nodes(_root)
        .Where(n => Text(n, "Node Type") == "Seq Scan")
        .Select(n => Text(n, "Relation Name"));

    public override string ToString() => text;

    private static IEnumerable<JsonElement> Nodes(JsonElement node) => node.TryGetProperty("Plans", out var plans)
        ? plans.EnumerateArray().SelectMany(Nodes).Prepend(node)
        : [node];

    private static string Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) ? value.GetString()! : "";

    // PostgreSQL 18 gives the rows of a loop as a fraction.
    private static long Rows(JsonElement node) =>
        (long)(node.GetProperty("Actual Rows").GetDouble() * node.GetProperty("Actual Loops").GetDouble());

    private static long Number(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) ? (long)value.GetDouble() : 0;
}
