using System.Text.Json.Nodes;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Reads a SELECT to its end: where one page ends depends on an order that nobody promises.</summary>
internal static class StatementPages
{
    private const int Most = 500;

    /// <summary>Asks for one page after the other, and puts their items together.</summary>
    public static async Task<Answer> ReadAsync(JsonObject request, Func<JsonObject, Task<Answer>> ask)
    {
        var items = new JsonArray();
        var next = (JsonObject)request.DeepClone();
        for (var pages = 0; pages < Most; pages++)
        {
            var page = await ask(next);
            if (page.Error is not null)
            {
                return page;
            }

            foreach (var item in (JsonArray)page.Body["Items"]!)
            {
                items.Add(item!.DeepClone());
            }

            if (page.Body["NextToken"] is not { } token)
            {
                break;
            }

            next["NextToken"] = token.DeepClone();
        }

        return new(null, new() { ["Items"] = WireJson.Unordered(items) });
    }
}
