using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Server.Verification;

/// <summary>A divergent entry in the JSON of verify and repair.</summary>
internal sealed record DivergentLine(
    string Kind, string Table, string Index, AttributeMap? Key, AttributeMap? Expected, AttributeMap? Found, string? Note)
{
    public static DivergentLine Of(DivergentEntry entry) => new(
        DivergentEntries.Name(entry.Kind), entry.Table, entry.Index, entry.Key, entry.Expected, entry.Found, entry.Note);
}
