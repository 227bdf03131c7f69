using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.WebConsole.Items;

/// <summary>A page of items.</summary>
/// <param name="Items">The items, or the entries of an index.</param>
/// <param name="Scanned">How many were looked at; the filter left out the others.</param>
/// <param name="Next">The key after which the next page begins; null when this is the last one.</param>
internal sealed record ItemPage(IReadOnlyList<AttributeMap> Items, int Scanned, AttributeMap? Next)
{
    private const int MostColumns = 200;

    /// <summary>Returns the names of all attributes: those of the key first, then the most frequent ones.</summary>
    public List<string> Columns(IEnumerable<string> first) => ColumnsOf(Items, first);

    /// <inheritdoc cref="Columns"/>
    public static List<string> ColumnsOf(IReadOnlyList<AttributeMap> items, IEnumerable<string> first)
    {
        var columns = first.Distinct().ToList();
        columns.AddRange(items.SelectMany(item => item.Keys).Except(columns, StringComparer.Ordinal).Take(MostColumns)
            .GroupJoin(items.SelectMany(item => item.Keys), name => name, name => name, (name, all) => (Name: name, Count: all.Count()))
            .OrderByDescending(column => column.Count).ThenBy(column => column.Name, StringComparer.Ordinal)
            .Select(column => column.Name));
        return columns;
    }
}
