using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations.Internal;

namespace ExtendDb.Ef.Migrations;

/// <summary>The history of the migrations, in which a migration with a step outside a transaction writes its row itself.</summary>
/// <remarks>
/// EF would write that row outside a transaction too: also when a rival has written it, and in psql, which goes on after an
/// error unless it is told to stop, also when the step has failed.
/// </remarks>
#pragma warning disable EF1001 // Npgsql has no public class that knows how it writes and locks the history.
internal sealed class ExtendDbHistory(HistoryRepositoryDependencies dependencies) : NpgsqlHistoryRepository(dependencies)
#pragma warning restore EF1001
{
    private const string Slots = "20261129145110_Slots";

    /// <inheritdoc/>
    public override string GetInsertScript(HistoryRow row) => row.MigrationId == Slots
        ? $"""
            UPDATE extenddb.migrations_history SET "ProductVersion" = '{row.ProductVersion}' WHERE "MigrationId" = '{Slots}';

            """
        : base.GetInsertScript(row);
}
