using System.Text;
using System.Text.Json.Nodes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>A way in which DynamoDB Local spells a value that it stores as the service does.</summary>
/// <param name="Name">What DynamoDB Local writes.</param>
/// <param name="Source">What shows how the service writes it.</param>
/// <param name="Respell">Returns the value as the service writes it, given its type and DynamoDB Local's spelling.</param>
/// <param name="Update">An update after which DynamoDB Local spells the item so.</param>
/// <param name="Values">The values in the update.</param>
internal sealed record Spelling(
    string Name, string Source, Func<string, JsonNode, JsonNode> Respell, string Update, AttributeMap Values);

/// <summary>
/// All spellings of DynamoDB Local. They stand beside any other difference, so they are levelled before answers are compared.
/// </summary>
internal static class Spellings
{
    public static IReadOnlyList<Spelling> All { get; } =
    [
        new(
            "Local keeps the zeros behind a sum",
            Source.Observed("numbers come back without needless zeros: 0042.1200 as 42.12"),
            (type, value) => type switch
            {
                "N" => Plain(value),
                "NS" => new JsonArray([.. value.AsArray().Select(member => Plain(member!))]),
                _ => value,
            },
            "SET a = :v + :v",
            new() { [":v"] = 0.5m }),
        new(
            "Local sorts strings by their UTF-16 codes",
            Source.Observed("sets come back sorted: SS and BS by bytes, NS by value"),
            (type, value) => type == "SS" ? Sorted(value, member => Encoding.UTF8.GetBytes((string)member!)) : value,
            "SET a = :v",
            new() { [":v"] = new AttributeValue.SS("\uFFFF", "😀") }),
        new(
            "Local sorts binaries by signed bytes",
            Source.Observed("sets come back sorted: SS and BS by bytes, NS by value"),
            (type, value) => type == "BS" ? Sorted(value, member => Convert.FromBase64String((string)member!)) : value,
            "SET a = :v",
            new() { [":v"] = new AttributeValue.BS(new byte[] { 0 }, new byte[] { 128 }) }),
    ];

    /// <summary>Writes all values in an answer of DynamoDB Local as the service does.</summary>
    public static JsonNode? Level(JsonNode? node, params IReadOnlyList<Spelling> spellings) => node switch
    {
        JsonArray list => new JsonArray([.. list.Select(member => Level(member, spellings))]),
        JsonObject { Count: 1 } value when value.First() is { Key: "N" or "SS" or "NS" or "BS", Value: { } spelt } member
            && spelt is JsonArray or JsonValue =>
            new JsonObject { [member.Key] = spellings.Aggregate(spelt.DeepClone(), (now, one) => one.Respell(member.Key, now)) },
        JsonObject members => new JsonObject([.. members.Select(m => KeyValuePair.Create(m.Key, Level(m.Value, spellings)))]),
        _ => node?.DeepClone(),
    };

    private static JsonValue Plain(JsonNode number) => JsonValue.Create(DynamoNumber.Parse((string)number!).ToString());

    private static JsonArray Sorted(JsonNode set, Func<JsonNode?, byte[]> bytes) =>
        new([.. set.AsArray().OrderBy(bytes, ByBytes).Select(member => member!.DeepClone())]);

    private static Comparer<byte[]> ByBytes { get; } = Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));
}
