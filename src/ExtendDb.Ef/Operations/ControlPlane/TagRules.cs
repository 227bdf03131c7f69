using System.Globalization;
using System.Text;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Checks tags against DynamoDB's rules. Source: DynamoDB API, TagResource; service quotas.</summary>
internal static class TagRules
{
    public const int MaxTags = 50;
    private const int MaxKeyLength = 128;
    private const int MaxValueLength = 256;

    /// <summary>Checks the tags of a request.</summary>
    public static void Check(IReadOnlyList<Tag?> tags)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            CheckKey(tag?.Key);
            if (tag!.Value is null || !IsText(tag.Value, MaxValueLength))
            {
                throw new ValidationException($"The Tag Value provided is invalid, Value: {tag.Value ?? "null"}");
            }

            if (tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                throw new ValidationException($"Tag Key cannot be prefixed with aws:, Key: {tag.Key}");
            }

            if (!keys.Add(tag.Key))
            {
                throw new ValidationException(
                    $"Duplicate Tag Keys provided as input: Duplicate Tag Key found {tag.Key}");
            }
        }

        CheckCount(tags.Count);
    }

    public static void CheckKey(string? key)
    {
        if (string.IsNullOrEmpty(key) || !IsText(key, MaxKeyLength))
        {
            throw new ValidationException($"The Tag Key provided is invalid, Key: {key ?? "null"}");
        }
    }

    public static void CheckCount(int count)
    {
        if (count > MaxTags)
        {
            throw new ValidationException("Number of Tags exceed the current limit for the provided ResourceArn");
        }
    }

    private static bool IsText(string text, int maxLength)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            length++;
            if (length > maxLength || !IsAllowed(rune))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAllowed(Rune rune) => "+-=._:/@".Contains(rune.ToString(), StringComparison.Ordinal)
        || Rune.IsLetter(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
            or UnicodeCategory.OtherNumber or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;
}
