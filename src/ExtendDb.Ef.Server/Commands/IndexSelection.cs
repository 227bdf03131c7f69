using System.CommandLine;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>The options that select the indexes of all tables, of one table, or one index.</summary>
internal sealed class IndexSelection
{
    public const string TableOption = "--table";

    private readonly Option<string?> _table = new(TableOption) { Description = "Only the indexes of this table." };
    private readonly Option<string?> _index = new("--index") { Description = "Only this index; its table is to be given." };

    public IndexSelection(Command command)
    {
        command.Options.Add(_table);
        command.Options.Add(_index);
        command.Validators.Add(given =>
        {
            if (given.GetValue(_index) is not null && given.GetValue(_table) is null)
            {
                given.AddError("--index needs --table: two tables can have indexes of one name.");
            }
        });
    }

    /// <summary>Returns the selected indexes.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such table or index.</exception>
    public async Task<List<(TableDefinition Table, IndexDefinition Index)>> FindAsync(
        ExtendDbRuntime runtime, ParseResult parsed, CancellationToken cancellationToken)
    {
        var tables = parsed.GetValue(_table) is { } name
            ? [await NamedTable.FindAsync(runtime, name, cancellationToken)]
            : (await runtime.Definitions.GetAsync(cancellationToken)).Tables.OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        var index = parsed.GetValue(_index);
        var found = tables.SelectMany(t => t.Indexes, (t, i) => (Table: t, Index: i))
            .Where(each => index is null || each.Index.Name == index).ToList();
        return found.Count > 0 || index is null
            ? found
            : throw new ResourceNotFoundException(
                $"Requested resource not found: Index: {index} of table {tables[0].Name}, which has "
                + (tables[0].Indexes.Count == 0 ? "none." : $"{string.Join(", ", tables[0].Indexes.Select(each => each.Name))}."));
    }
}
