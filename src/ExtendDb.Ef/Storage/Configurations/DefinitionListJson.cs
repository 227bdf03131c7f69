using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExtendDb.Ef.Storage.Configurations;

/// <summary>Writes and reads lists of definitions in the format of DynamoDB's API.</summary>
internal static class DefinitionListJson
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() } };

    public static string Write<T>(IReadOnlyList<T> list) => JsonSerializer.Serialize(list, Options);

    public static IReadOnlyList<T> Read<T>(string json) => JsonSerializer.Deserialize<T[]>(json, Options)!;
}
