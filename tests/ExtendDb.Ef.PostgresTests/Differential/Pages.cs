using System.Text.Json.Nodes;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>
/// Reads a scan, or a query of an index, to its end: where one page ends depends on an order that nobody promises.
/// </summary>
internal static class Pages
{
    private const int Most = 500;

    /// <summary>Asks for one page after the other, and of all segments, and puts them together.</summary>
    /// <param name="request">The request, as DynamoDB has it.</param>
    /// <param name="ask">Asks for a page.</param>
    /// <param name="ordered">The attribute whose order is promised; null for none.</param>
    public static async Task<Answer> ReadAsync(JsonObject request, Func<JsonObject, Task<Answer>> ask, string? ordered)
    {
        var items = new JsonArray();
        var next = (JsonObject)request.DeepClone();
        var (count, scanned, pages, units, segment) = (0, 0, 0, 0d, 0);
        while (pages < Most)
        {
            var page = await ask(next);
            if (page.Error is not null)
            {
                return page;
            }

            pages++;
            count += (int)page.Body["Count"]!;
            scanned += (int)page.Body["ScannedCount"]!;
            units += (double?)page.Body["ConsumedCapacity"]?["CapacityUnits"] ?? 0;
            foreach (var item in page.Body["Items"] as JsonArray ?? [])
            {
                items.Add(item!.DeepClone());
            }

            if (page.Body["LastEvaluatedKey"] is { } last)
            {
                next["ExclusiveStartKey"] = last.DeepClone();
            }
            else if (++segment < ((int?)request["TotalSegments"] ?? 1))
            {
                next = (JsonObject)request.DeepClone();
                next["Segment"] = segment;
            }
            else
            {
                break;
            }
        }

        var whole = new JsonObject { ["Items"] = WireJson.Unordered(items), ["Count"] = count, ["ScannedCount"] = scanned };
        if (ordered is not null)
        {
            whole["Order"] = string.Join(",", items.Select(i => WireJson.Canonical(i![ordered])));
        }

        if (request["TotalSegments"] is null)
        {
            whole["Pages"] = pages;
            whole["CapacityUnits"] = units;
        }

        return new(null, whole);
    }
}
