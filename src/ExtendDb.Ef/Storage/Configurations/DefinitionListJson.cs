using System.Text.Json;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Storage.Configurations;

/// <summary>Writes and reads lists of definitions in the format of DynamoDB's API.</summary>
/// <remarks>Generated code, because every process reads definitions when it starts.</remarks>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<KeySchemaElement>))]
[JsonSerializable(typeof(KeySchemaElement[]))]
[JsonSerializable(typeof(IReadOnlyList<AttributeDefinition>))]
[JsonSerializable(typeof(AttributeDefinition[]))]
[JsonSerializable(typeof(IReadOnlyList<Tag>))]
[JsonSerializable(typeof(Tag[]))]
internal sealed partial class DefinitionListJson : JsonSerializerContext
{
    public static string Write<T>(IReadOnlyList<T> list) => JsonSerializer.Serialize(list, typeof(IReadOnlyList<T>), Default);

    public static IReadOnlyList<T> Read<T>(string json) => (T[])JsonSerializer.Deserialize(json, typeof(T[]), Default)!;
}
