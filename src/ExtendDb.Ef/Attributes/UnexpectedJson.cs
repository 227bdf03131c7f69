using System.Text.Json;

namespace ExtendDb.Ef.Attributes;

/// <summary>Creates DynamoDB's errors for a JSON value whose type does not fit its member.</summary>
internal static class UnexpectedJson
{
    public const string String = "String";
    public const string Boolean = "Boolean";
    public const string Integer = "Integer";
    public const string Long = "Long";
    public const string Blob = "Blob";
    public const string List = "List";
    public const string Map = "Map";
    public const string Structure = "Structure";

    /// <summary>Creates the error for a token of another type than the expected one.</summary>
    /// <param name="found">The token.</param>
    /// <param name="expected">One of the types of this class.</param>
    public static UnexpectedJsonException At(JsonTokenType found, string expected) => new((found, expected) switch
    {
        (JsonTokenType.StartObject, _) => "Start of structure or map found where not expected",
        (JsonTokenType.StartArray, _) => "Start of list found where not expected",
        (_, Structure) => "Unexpected value type in payload",
        (_, List or Map) => "Unexpected field type",
        (_, Blob) => "only base-64-encoded strings are convertible to bytes",
        _ => $"{Name(found)} cannot be converted to {expected}",
    });

    private static string Name(JsonTokenType token) => token switch
    {
        JsonTokenType.String => "STRING_VALUE",
        JsonTokenType.Number => "NUMBER_VALUE",
        JsonTokenType.True => "TRUE_VALUE",
        JsonTokenType.False => "FALSE_VALUE",
        _ => "NULL_VALUE",
    };
}
