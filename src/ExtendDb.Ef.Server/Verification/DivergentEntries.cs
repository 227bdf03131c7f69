using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Server.Verification;

/// <summary>Prints divergent entries, each with its key and the attributes that show the difference.</summary>
internal static class DivergentEntries
{
    // A larger item would push the keys of the others off the screen; --json has all of it.
    private const int MostCharacters = 400;

    public static void Print(IReadOnlyList<DivergentEntry> entries, long divergent, TextWriter output)
    {
        foreach (var entry in entries)
        {
            output.WriteLine($"{entry.Kind.ToString().ToLowerInvariant(),-8} {entry.Table}.{entry.Index}  {Text(entry.Key)}");
            var (expected, found) = Differing(entry.Expected, entry.Found);
            output.WriteLine($"  expected {(entry.Expected is null ? "no entry" : Text(expected))}");
            output.WriteLine($"  found    {(entry.Found is null ? "no entry" : Text(found))}");
            if (entry.Note is { } note)
            {
                output.WriteLine($"  {note}");
            }
        }

        if (entries.Count < divergent)
        {
            output.WriteLine($"{divergent - entries.Count:N0} more are wrong; --limit shows more.");
        }
    }

    /// <summary>Returns the attributes in which two entries differ; all when one of them is missing.</summary>
    private static (AttributeMap? Expected, AttributeMap? Found) Differing(AttributeMap? expected, AttributeMap? found) =>
        expected is null || found is null ? (expected, found) : (Without(expected, found), Without(found, expected));

    private static AttributeMap Without(AttributeMap from, AttributeMap same) =>
        new(from.Where(attribute => !Equals(same.GetValueOrDefault(attribute.Key), attribute.Value)));

    private static string Text(AttributeMap? attributes)
    {
        var text = attributes is null ? "an unknown key" : attributes.ToString();
        return text.Length <= MostCharacters ? text : string.Concat(text.AsSpan(0, MostCharacters), "…");
    }
}
