using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

namespace ExtendDb.Ef.Migrations;

/// <summary>Ends each statement that a migration writes out with a semicolon, which a script needs and EF does not add.</summary>
#pragma warning disable EF1001 // The public base class takes Npgsql's options, whose type is not for the public.
internal sealed class ExtendDbMigrationsSqlGenerator(MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions options)
    : NpgsqlMigrationsSqlGenerator(dependencies, options)
#pragma warning restore EF1001
{
    /// <inheritdoc/>
    protected override void Generate(SqlOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        var sql = operation.Sql.TrimEnd();
        operation.Sql = sql.EndsWith(';') ? sql : sql + ";";
        base.Generate(operation, model, builder);
    }
}
