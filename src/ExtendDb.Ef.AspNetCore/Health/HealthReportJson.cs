using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ExtendDb.Ef.AspNetCore;

/// <summary>Writes health reports as JSON, with the reason of each state.</summary>
public static class HealthReportJson
{
    private const string AnyData = "The data of a check can be of any type, whose members are found by reflection.";

    /// <summary>Writes the state of each check with its reason, without messages of exceptions.</summary>
    /// <param name="http">The context of the response.</param>
    /// <param name="report">The report.</param>
    /// <returns>A task that ends when the response is written.</returns>
    [RequiresUnreferencedCode(AnyData)]
    [RequiresDynamicCode(AnyData)]
    public static async Task WriteAsync(HttpContext http, HealthReport report)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(report);
        http.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter, new() { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("status", report.Status.ToString());
        writer.WriteStartObject("checks");
        foreach (var (name, entry) in report.Entries)
        {
            writer.WriteStartObject(name);
            writer.WriteString("status", entry.Status.ToString());
            writer.WriteString("reason", entry.Description);
            foreach (var (key, value) in entry.Data)
            {
                writer.WritePropertyName(key);
                JsonSerializer.Serialize(writer, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
