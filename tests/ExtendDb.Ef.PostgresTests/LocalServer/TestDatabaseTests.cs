using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.LocalServer;

public class TestDatabaseTests
{
    [Fact]
    public async Task Two_databases_do_not_see_each_others_rows()
    {
        await using var first = await TestDatabase.CreateAsync();
        await using var second = await TestDatabase.CreateAsync();

        await Sql.ExecuteAsync(first.ConnectionString, "CREATE TABLE seen ()");

        var read = () => Sql.ExecuteAsync(second.ConnectionString, "TABLE seen");
        await read.Should().ThrowAsync<PostgresException>();
    }

    [Fact]
    public async Task Disposed_database_is_gone_with_those_created_from_it()
    {
        var database = await TestDatabase.CreateAsync();
        var further = await database.CreateDatabaseAsync(migrated: false);

        await database.DisposeAsync();

        foreach (var dropped in new[] { database.ConnectionString, further })
        {
            var connect = () => Sql.ExecuteAsync(dropped, "SELECT");
            (await connect.Should().ThrowAsync<PostgresException>())
                .Which.SqlState.Should().Be(PostgresErrorCodes.InvalidCatalogName);
        }
    }
}
