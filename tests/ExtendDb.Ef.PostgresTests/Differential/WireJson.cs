using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Writes requests and responses as DynamoDB JSON: the records have DynamoDB's names already.</summary>
internal static class WireJson
{
    /// <summary>Writes a record; members that are null are left out, as are settings that DynamoDB does not have.</summary>
    public static JsonObject Of(object record)
    {
        var members = new JsonObject();
        foreach (var property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetValue(record) is { } value and not TimeSpan)
            {
                members[property.Name] = Value(value);
            }
        }

        return members;
    }

    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        AttributeMap map => Attribute(map.ToString()),
        AttributeValue one => Attribute(one.ToString()),
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        Enum name => JsonValue.Create(name.ToString()),
        IEnumerable list => IsDictionary(list) ? Dictionary(list) : new JsonArray([.. list.Cast<object?>().Select(Value)]),
        _ => Of(value),
    };

    private static JsonNode? Attribute(string json) => JsonNode.Parse(json, documentOptions: new() { MaxDepth = 1000 });

    private static bool IsDictionary(IEnumerable list) => list.GetType().GetInterfaces().Any(i =>
        i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>));

    private static JsonObject Dictionary(IEnumerable entries)
    {
        var members = new JsonObject();
        foreach (dynamic entry in entries)
        {
            members[(string)entry.Key] = Value((object?)entry.Value);
        }

        return members;
    }

    /// <summary>Writes JSON so that equal answers are equal texts: members in order, numbers in one form.</summary>
    public static string Canonical(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                return "{" + string.Join(",", members
                    .OrderBy(m => m.Key, StringComparer.Ordinal)
                    .Select(m => Quoted(m.Key) + ":" + Canonical(m.Value))) + "}";
            case JsonArray list:
                return "[" + string.Join(",", list.Select(Canonical)) + "]";
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                return double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return Quoted(value.GetValue<string>());
            case null:
                return "null";
            default:
                return node.ToJsonString();
        }
    }

    /// <summary>Writes a list whose order means nothing.</summary>
    public static string Unordered(JsonArray list) =>
        "[" + string.Join(",", list.Select(Canonical).Order(StringComparer.Ordinal)) + "]";

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
