using System.Collections.Frozen;

namespace ExtendDb.Ef.Expressions;

/// <summary>
/// The words that cannot be attribute names in an expression. Source: DynamoDB developer guide, Reserved words.
/// </summary>
internal static class ReservedWords
{
    private static readonly FrozenSet<string> Words = Read();

    public static bool Contains(string name) => Words.Contains(name);

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(ReservedWords).Assembly.GetManifestResourceStream("ReservedWords.txt")
            ?? throw new InvalidOperationException("Expressions/ReservedWords.txt is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
