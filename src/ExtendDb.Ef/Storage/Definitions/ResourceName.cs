using System.Text.RegularExpressions;

namespace ExtendDb.Ef.Storage.Definitions;

/// <summary>Checks the names of tables and indexes. Source: DynamoDB Developer Guide, naming rules.</summary>
internal static partial class ResourceName
{
    public const int MinLength = 3;
    public const int MaxLength = 255;
    public const string Pattern = "[a-zA-Z0-9_.-]+";

    /// <summary>Returns whether a text is a valid name of a table or an index.</summary>
    public static bool IsValid(string name) => name.Length is >= MinLength and <= MaxLength && HasValidCharacters(name);

    /// <summary>Returns whether a text consists of the characters of a name; an empty text does not.</summary>
    public static bool HasValidCharacters(string name) => Allowed().IsMatch(name);

    [GeneratedRegex(@"\A" + Pattern + @"\z")]
    private static partial Regex Allowed();
}
