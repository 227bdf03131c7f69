using System.Buffers;
using System.Text;
using System.Text.Json;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.WebConsole.Items;

/// <summary>A page of items as a file.</summary>
internal static class PageExport
{
    private const string LineEnd = "\r\n";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly SearchValues<char> ToBeQuoted = SearchValues.Create("\",\r\n;'");

    /// <summary>Returns the items as DynamoDB JSON, in an array.</summary>
    public static byte[] Json(IEnumerable<AttributeMap> items) =>
        JsonSerializer.SerializeToUtf8Bytes(items, Indented);

    /// <summary>Returns the items as CSV, with a line of names; maps, lists and sets are JSON. Source: RFC 4180.</summary>
    public static byte[] Csv(IReadOnlyList<AttributeMap> items, IReadOnlyList<string> columns)
    {
        var text = new StringBuilder().AppendJoin(',', columns.Select(CellOf)).Append(LineEnd);
        foreach (var item in items)
        {
            text.AppendJoin(',', columns.Select(name => item.TryGetValue(name, out var value) ? CellOf(value) : string.Empty))
                .Append(LineEnd);
        }

        // With the mark of UTF-8, which spreadsheets look for.
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string CellOf(AttributeValue value) => value switch
    {
        // A number is what it shows; nothing else may begin like a formula.
        AttributeValue.N number => number.Value.ToString(),
        AttributeValue.S text => CellOf(text.Value),
        AttributeValue.BOOL flag => flag.Value ? "true" : "false",
        AttributeValue.NULL => string.Empty,
        AttributeValue.B bytes => CellOf(Convert.ToBase64String(bytes.Value.Span)),
        _ => CellOf(value.ToJson()),
    };

    // A spreadsheet runs a cell that begins so; the apostrophe makes it a text.
    private static string CellOf(string text)
    {
        var safe = text.TrimStart(' ') is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..] ? "'" + text : text;
        return safe.AsSpan().ContainsAny(ToBeQuoted) || safe.StartsWith(' ') || safe.EndsWith(' ')
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }
}
