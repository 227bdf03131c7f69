using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations.Internal;

namespace ExtendDb.Ef.Migrations;

/// <summary>The history of the migrations, in which several processes may write the same row.</summary>
/// <remarks>
/// EF's lock of the history ends before a step outside a transaction. Two processes can be behind that step at once, and
/// both write that the migration is applied.
/// </remarks>
#pragma warning disable EF1001 // Npgsql has no public class that knows how it writes and locks the history.
internal sealed class ExtendDbHistory(HistoryRepositoryDependencies dependencies) : NpgsqlHistoryRepository(dependencies)
#pragma warning restore EF1001
{
    /// <inheritdoc/>
    public override string GetInsertScript(HistoryRow row) =>
        $"{base.GetInsertScript(row).TrimEnd().TrimEnd(';')}\nON CONFLICT DO NOTHING;\n";
}
