using System.Text;
using System.Text.Json.Nodes;

namespace ExtendDb.Ef.ServerTests.Protocol;

/// <summary>Spoils requests at random: their structure, their text, or their bytes.</summary>
internal static class RequestMutations
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "2147483648", "1e400", "-1E-400", "123456789012345678901234567890", "0.5",
        "\"\"", "\"a\"", "\"AQI=\"", "\"ALL_OLD\"", "\"#x\"", "\":x\"", "\"not base64\"", "\"\\u0000\"", "\"\\uD800\"", "\"ä\"",
        "[]", "[null]", "[[]]", "[{}]", "[\"a\",\"a\"]", "[1]", "{}", "{\"\":null}", "{\"a\":null}", "{\"a\":{}}",
        "{\"S\":\"x\"}", "{\"S\":null}", "{\"N\":\"1\"}", "{\"N\":\"x\"}", "{\"N\":\"1e999\"}", "{\"B\":\"%\"}",
        "{\"SS\":[]}", "{\"SS\":[null]}", "{\"L\":[null]}", "{\"M\":{\"a\":null}}", "{\"NULL\":false}", "{\"S\":\"a\",\"N\":\"1\"}",
        "{\"a\":{\"S\":\"x\"}}", "{\"a\":[null]}", "{\"a\":{\"L\":[{\"M\":{}}]}}",
    ];

    // A node has no two members of one name, so the second has this before it until the end.
    private const string Again = "again~";

    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes("{}[]\":,\\ \0\t\n0-9.eEtfnu\u00e9").Append((byte)0xff).ToArray();

    /// <summary>Returns a request that is not as it was.</summary>
    /// <param name="json">The request.</param>
    /// <param name="other">Another one, of which parts are taken.</param>
    /// <param name="random">Chooses.</param>
    public static byte[] Mutant(string json, string other, Random random)
    {
        var text = json;
        if (random.Next(4) > 0)
        {
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                text = Restructured(text, other, random);
            }

            text = Untexted(text);
        }

        return text != json && random.Next(8) > 0 ? Encoding.UTF8.GetBytes(text) : Scrambled(Encoding.UTF8.GetBytes(text), random);
    }

    private static string Restructured(string json, string other, Random random)
    {
        var root = JsonNode.Parse(json)!;
        if (AllBelow(root) is not { Count: > 0 } places)
        {
            return json;
        }

        var place = places[random.Next(places.Count)];
        var replacement = random.Next(3) == 0 && AllBelow(JsonNode.Parse(other)!) is { Count: > 0 } parts
            ? parts[random.Next(parts.Count)]?.ToJsonString() ?? "null"
            : Values[random.Next(Values.Length)];
        switch (place.Parent)
        {
            case JsonObject map:
                var name = place.GetPropertyName();
                switch (random.Next(6))
                {
                    case 0:
                        map.Remove(name);
                        break;
                    case 2:
                        map[Again + name] = place.DeepClone();
                        break;
                    case 1:
                        map.Remove(name);
                        map[name + "x"] = place;
                        break;
                    default:
                        map[name] = Text(replacement);
                        break;
                }

                break;
            case JsonArray list:
                var at = place.GetElementIndex();
                switch (random.Next(4))
                {
                    case 0:
                        list.RemoveAt(at);
                        break;
                    case 1:
                        list.Insert(at, place.DeepClone());
                        break;
                    default:
                        list[at] = Text(replacement);
                        break;
                }

                break;
        }

        return root.ToJsonString();
    }

    // A lone surrogate is no text that a node can hold, so replacements travel in disguise.
    private static JsonValue Text(string json) => JsonValue.Create("~" + Convert.ToHexString(Encoding.UTF8.GetBytes(json)) + "~");

    private static string Untexted(string json)
    {
        var parts = json.Split("\"~");
        for (var i = 1; i < parts.Length; i++)
        {
            var end = parts[i].IndexOf("~\"", StringComparison.Ordinal);
            parts[i] = Encoding.UTF8.GetString(Convert.FromHexString(parts[i][..end])) + parts[i][(end + 2)..];
        }

        return string.Concat(parts).Replace("\"" + Again, "\"", StringComparison.Ordinal);
    }

    private static List<JsonNode> AllBelow(JsonNode node)
    {
        var found = new List<JsonNode>();
        var children = node switch
        {
            JsonObject map => map.Select(member => member.Value),
            JsonArray list => list,
            _ => [],
        };
        foreach (var child in children)
        {
            if (child is not null)
            {
                found.Add(child);
                found.AddRange(AllBelow(child));
            }
        }

        return found;
    }

    private static byte[] Scrambled(byte[] bytes, Random random)
    {
        var scrambled = bytes.ToList();
        for (var changes = random.Next(1, 5); changes > 0 && scrambled.Count > 0; changes--)
        {
            var at = random.Next(scrambled.Count);
            var length = random.Next(Math.Min(16, scrambled.Count - at) + 1);
            switch (random.Next(5))
            {
                case 0:
                    scrambled.RemoveRange(at, length);
                    break;
                case 1:
                    scrambled.Insert(at, Bytes[random.Next(Bytes.Length)]);
                    break;
                case 2:
                    scrambled.InsertRange(random.Next(scrambled.Count), scrambled.GetRange(at, length));
                    break;
                case 3:
                    scrambled.RemoveRange(at, scrambled.Count - at);
                    break;
                default:
                    scrambled[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. scrambled];
    }
}
