using System.Text.Json;
using System.Text.RegularExpressions;

namespace ExtendDb.Ef.ServerTests.Deployment;

/// <summary>The dashboard of docs/deploy.</summary>
public static partial class GrafanaDashboard
{
    public static JsonElement Root { get; } =
        JsonDocument.Parse(File.ReadAllText(DeployFolder.PathOf("grafana", "extenddb.json"))).RootElement;

    /// <summary>Gets the panels that show something.</summary>
    public static IEnumerable<JsonElement> Panels =>
        Root.GetProperty("panels").EnumerateArray().Where(panel => panel.GetProperty("type").GetString() != "row");

    /// <summary>Gets the queries of the panels, with an interval in place of Grafana's.</summary>
    public static IEnumerable<string> Queries =>
        from panel in Panels
        from target in panel.GetProperty("targets").EnumerateArray()
        select target.GetProperty("expr").GetString()!.Replace("$__rate_interval", "5m", StringComparison.Ordinal);

    /// <summary>Gets the queries of the variables, as a query that has the label of the variable's values.</summary>
    public static IEnumerable<string> Variables =>
        from variable in Root.GetProperty("templating").GetProperty("list").EnumerateArray()
        where variable.GetProperty("type").GetString() == "query"
        let values = LabelValues().Match(variable.GetProperty("query").GetProperty("query").GetString()!)
        select $"count by ({values.Groups[2].Value}) ({values.Groups[1].Value})";

    [GeneratedRegex("^label_values\\((.*), (\\w+)\\)$")]
    private static partial Regex LabelValues();
}
