using System.Runtime.CompilerServices;
using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Hosting;

/// <summary>The groups of docs/roles.sql, each in its work on a real server.</summary>
public class RolesTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>, IAsyncLifetime
{
    private static readonly string[] Groups = ["owner", "writer", "worker", "reader"];

    // The names of roles are of the whole server.
    private readonly string _prefix = $"r{Guid.NewGuid():N}";
    private readonly List<LoginRole> _logins = [];
    private string _superuser = "";

    [Fact]
    public async Task Owner_migrates_a_database_on_which_the_script_has_run_and_the_others_can_work_at_once()
    {
        await DropGroupsAsync();
        _superuser = await database.CreateDatabaseAsync(migrated: false);
        await RunScriptAsync();
        var owner = await LogInAsync("owner");
        await Sql.ExecuteAsync(_superuser, $"ALTER ROLE {UserOf(owner)} SET role = '{_prefix}_owner'");

        await ExtendDbMigrator.MigrateAsync(owner);

        await using var writer = await OperationsHost.StartAsync(await LogInAsync("writer"));
        await using var worker = await OperationsHost.StartAsync(await LogInAsync("worker"), worker: true);
        await WriteAndFindAsync(writer);
        (await Sql.ScalarAsync(_superuser, "SELECT count(DISTINCT tableowner) FROM pg_tables WHERE schemaname = 'extenddb'"))
            .Should().Be(1L);
    }

    [Fact]
    public async Task Owner_migrates_a_database_that_another_role_has_created()
    {
        await using (var context = new MigrationsContextFactory().CreateDbContext([]))
        {
            context.Database.SetConnectionString(_superuser);
            await context.GetService<IMigrator>().MigrateAsync(context.Database.GetMigrations().SkipLast(1).Last());
        }

        await RunScriptAsync();
        var owner = await LogInAsync("owner");
        await Sql.ExecuteAsync(_superuser, $"ALTER ROLE {UserOf(owner)} SET role = '{_prefix}_owner'");

        var applied = await ExtendDbMigrator.MigrateAsync(owner);

        applied.Should().Equal(SchemaVersion.Required);
    }

    [Fact]
    public async Task Writer_does_the_data_plane_and_the_control_plane()
    {
        await using var writer = await OperationsHost.StartAsync(await LogInAsync("writer"));
        var request = OperationsTable.Of("Id:S N:N").WithGlobal("ByGroup", "Group:S").WithGlobal("AtOnce", "Group:S", delayMs: 0)
            .WithLocal("ByName", "Id:S Name:S");
        var table = await writer.DefineAsync(request);
        var key = new AttributeMap { ["Id"] = "1", ["N"] = 1 };
        var item = key.With("Group", "g").With("Name", "n");

        await writer.PutAsync(table.Name, item);
        await writer.Db.UpdateItemAsync(new(table.Name, key)
        {
            UpdateExpression = "SET V = :v",
            ConditionExpression = "attribute_exists(Id)",
            ExpressionAttributeValues = new AttributeMap { [":v"] = 1 },
        });
        await writer.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [table.Name] = [WriteRequest.Put(item.With("N", 2)), WriteRequest.Delete(key.With("N", 3))],
        }));
        await writer.Db.TransactWriteItemsAsync(new([new TransactWriteItem { Put = new(table.Name, item.With("N", 4)) }])
        {
            ClientRequestToken = "token",
        });
        await writer.Db.TransactGetItemsAsync(new([new() { Get = new(table.Name, key) }]));
        await writer.Db.DeleteItemAsync(new(table.Name, key.With("N", 2)));
        await using (var context = writer.CreateContext())
        {
            context.Add(Item.Create(table, item.With("N", 5)));
            await context.SaveChangesAsync();
        }

        var atOnce = await writer.QueryAllAsync(OperationsQuery.OfIndex(table.Name, "AtOnce", ("Group", Condition.EqualTo("g"))));
        atOnce.Should().HaveCount(3);
        await writer.DrainAsync();
        await writer.Db.UpdateTimeToLiveAsync(new(table.Name, new("Until", true)));
        await writer.Db.TagResourceAsync(new((await writer.Db.DescribeTableAsync(new(table.Name))).Table.TableArn, [new("a", "1")]));
        await writer.Db.UpdateTableAsync(new(table.Name)
        {
            GlobalSecondaryIndexUpdates = [new() { Delete = new("ByGroup") }],
        });
        var deleted = await writer.Db.DeleteTableAsync(new(table.Name));
        deleted.TableDescription.TableStatus.Should().Be(TableStatus.DELETING);
    }

    [Fact]
    public async Task Writer_helps_while_the_indexes_lag()
    {
        await using var writer = await OperationsHost.StartAsync(await LogInAsync("writer"), configure: options =>
        {
            options.Backpressure.Mode = GsiBackpressure.Assist;
            options.Backpressure.Limit = TimeSpan.FromMilliseconds(10);
            options.MonitorInterval = TimeSpan.FromMilliseconds(100);
        });
        var table = await writer.DefineAsync(OperationsTable.Of("Id:S").WithGlobal("ByGroup", "Group:S"));
        var written = 0;

        await Waiting.UntilAsync(
            async () =>
            {
                await writer.PutAsync(table.Name, new() { ["Id"] = $"{written++}", ["Group"] = "g" });
                return await writer.CountAsync("index_entries") > 0;
            },
            "a write has applied markers");
    }

    [Fact]
    public async Task Writer_is_refused_what_others_do()
    {
        var writer = await LogInAsync("writer");

        await RefusedAsync(writer, "CREATE TABLE extenddb.mine ()");
        await RefusedAsync(writer, "ALTER TABLE extenddb.items ADD COLUMN mine int");
        await RefusedAsync(writer, "TRUNCATE extenddb.items");
        await RefusedAsync(writer, "DELETE FROM extenddb.migrations_history");
        await RefusedAsync(writer, "DELETE FROM extenddb.removed_definitions");
        await RefusedAsync(writer, "INSERT INTO extenddb.gsi_slots VALUES (99)");
    }

    [Fact]
    public async Task Worker_applies_markers_fills_indexes_retries_deletes_expired_items_and_rows_that_are_left()
    {
        await using var writer = await OperationsHost.StartAsync(await LogInAsync("writer"));
        await using var worker = await OperationsHost.StartAsync(await LogInAsync("worker"), worker: true, configure: options =>
        {
            options.TimeToLive.SweepInterval = TimeSpan.FromMilliseconds(100);
            options.CatalogPollInterval = TimeSpan.FromMilliseconds(100);
        });

        var table = await WriteAndFindAsync(writer);

        await writer.Db.UpdateTableAsync(new(table.Name)
        {
            AttributeDefinitions = [new("Id", AttributeType.S), new("Group", AttributeType.S), new("Name", AttributeType.S)],
            GlobalSecondaryIndexUpdates = [new() { Create = new("Added", [new("Name", KeyType.HASH)], Projection.All) }],
        });
        await Waiting.UntilAsync(
            async () => (await writer.Db.DescribeTableAsync(new(table.Name))).Table.GlobalSecondaryIndexes
                .Single(index => index.IndexName == "Added").IndexStatus == IndexStatus.ACTIVE,
            "the new index is filled");

        await Sql.ExecuteAsync(_superuser, """
            INSERT INTO extenddb.gsi_quarantine
                (index_id, partition_hash, sort_key, table_id, sqlstate, message, attempts, first_failed_at, last_failed_at, retry_at, slot)
            SELECT e.index_id, e.partition_hash, e.sort_key, i.table_id, '22000', 'test', 1, now(), now(), now(), e.slot
            FROM extenddb.index_entries AS e JOIN extenddb.items AS i USING (partition_hash, sort_key)
            """);
        await EmptyAsync("gsi_quarantine");

        await writer.Db.UpdateTimeToLiveAsync(new(table.Name, new("Until", true)));
        await writer.PutAsync(table.Name, new()
        {
            ["Id"] = "expired",
            ["Until"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 10,
        });
        await Waiting.UntilAsync(
            async () => await writer.GetAsync(table.Name, new() { ["Id"] = "expired" }) is null, "the expired item is deleted");

        await writer.Db.DeleteTableAsync(new(table.Name));
        await EmptyAsync("removed_definitions");
        await EmptyAsync("items");
        await EmptyAsync("index_entries");
    }

    [Fact]
    public async Task Worker_is_refused_what_others_do()
    {
        await using var writer = await OperationsHost.StartAsync(await LogInAsync("writer"));
        var table = await writer.DefineAsync(OperationsTable.Of("Id:S"));
        var connection = await LogInAsync("worker");
        await using var worker = await OperationsHost.StartAsync(connection);

        await RefusedAsync(() => worker.PutAsync(table.Name, new() { ["Id"] = "1" }));
        await RefusedAsync(() => worker.CreateAsync(OperationsTable.Of("Id:S")));
        await RefusedAsync(connection, "DELETE FROM extenddb.tables");
        await RefusedAsync(connection, "SELECT FROM extenddb.transaction_tokens");
        await RefusedAsync(connection, "CREATE TABLE extenddb.mine ()");
    }

    [Fact]
    public async Task Reader_reads_describes_verifies_and_sees_the_lag()
    {
        await using var writer = await OperationsHost.StartAsync(await LogInAsync("writer"), worker: false);
        var table = await writer.DefineAsync(OperationsTable.Of("Id:S").WithGlobal("ByGroup", "Group:S"));
        await writer.PutAsync(table.Name, new() { ["Id"] = "1", ["Group"] = "g" });
        await writer.DrainAsync();

        await using var reader = await OperationsHost.StartAsync(await LogInAsync("reader"));

        var definition = await reader.Db.GetTableDefinitionAsync(table.Name);
        (await reader.GetAsync(table.Name, new() { ["Id"] = "1" })).Should().NotBeNull();
        (await reader.ScanAllAsync(new(table.Name))).Should().HaveCount(1);
        (await reader.QueryAllAsync(OperationsQuery.OfIndex(table.Name, "ByGroup", ("Group", Condition.EqualTo("g")))))
            .Should().HaveCount(1);
        (await reader.Db.TransactGetItemsAsync(new([new() { Get = new(table.Name, new() { ["Id"] = "1" }) }])))
            .Responses.Single().Item.Should().NotBeNull();
        (await reader.Db.ListTablesAsync(new())).TableNames.Should().Contain(table.Name);
        (await reader.Db.DescribeTableAsync(new(table.Name))).Table.ItemCount.Should().Be(1);
        await foreach (var range in IndexVerification.RangesAsync(
            reader.Database(), definition, definition.Indexes.Single(), from: null, default))
        {
            range.Divergent.Should().BeEmpty();
        }

        (await QueueReader.SampleAsync(reader.Database(), default)).Should().NotBeNull();
    }

    [Fact]
    public async Task Reader_announces_a_longer_poll_interval_than_any_before()
    {
        var connection = await LogInAsync("reader");

        await using var reader = await OperationsHost.StartAsync(
            connection, configure: options => options.CatalogPollInterval = TimeSpan.FromSeconds(50));

        (await Sql.ScalarAsync(_superuser, "SELECT longest_poll_ms FROM extenddb.catalog_state")).Should().Be(50_000);
    }

    [Fact]
    public async Task Write_of_a_reader_is_refused_with_the_error_of_PostgreSQL_that_names_the_table()
    {
        await using var writer = await OperationsHost.StartAsync(await LogInAsync("writer"));
        var table = await writer.DefineAsync(OperationsTable.Of("Id:S"));
        await using var reader = await OperationsHost.StartAsync(await LogInAsync("reader"));

        var put = () => reader.PutAsync(table.Name, new() { ["Id"] = "1" });

        (await put.Should().ThrowAsync<PostgresException>()).WithMessage("42501: permission denied for table *");
        (await writer.GetAsync(table.Name, new() { ["Id"] = "1" })).Should().BeNull();
    }

    [Fact]
    public async Task Reader_that_is_to_run_a_worker_does_not_start_and_is_told_every_grant()
    {
        var connection = await LogInAsync("reader");

        var start = () => OperationsHost.StartAsync(connection, worker: true);

        var refused = (await start.Should().ThrowAsync<MissingGrantsException>()).Which;
        refused.Message.Should().Contain("Propagation.Enabled = false");
        foreach (var grant in refused.Grants)
        {
            await Sql.ExecuteAsync(_superuser, grant);
        }

        await using var started = await OperationsHost.StartAsync(connection, worker: true);
        refused.Grants.Should().HaveCount(16).And.Contain($"GRANT UPDATE, DELETE ON extenddb.items TO {UserOf(connection)}");
    }

    [Fact]
    public async Task Role_without_any_right_does_not_start_and_is_told_every_grant()
    {
        var connection = await LogInAsync(group: null);

        var start = () => OperationsHost.StartAsync(connection);

        var refused = (await start.Should().ThrowAsync<MissingGrantsException>()).Which;
        refused.Grants[0].Should().Be($"GRANT USAGE ON SCHEMA extenddb TO {UserOf(connection)}");
        foreach (var grant in refused.Grants)
        {
            await Sql.ExecuteAsync(_superuser, grant);
        }

        await using var started = await OperationsHost.StartAsync(connection);
        (await started.Db.ListTablesAsync(new())).TableNames.Should().BeEmpty();
    }

    [Fact]
    public async Task Script_that_is_run_again_takes_back_what_a_group_has_beyond_it()
    {
        await Sql.ExecuteAsync(_superuser, $"GRANT ALL ON ALL TABLES IN SCHEMA extenddb TO {_prefix}_reader");

        await RunScriptAsync();

        await RefusedAsync(await LogInAsync("reader"), "DELETE FROM extenddb.items");
    }

    public async Task InitializeAsync()
    {
        _superuser = await database.CreateDatabaseAsync();
        await RunScriptAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var login in _logins)
        {
            await login.DisposeAsync();
        }

        await DropGroupsAsync();
    }

    private async Task DropGroupsAsync()
    {
        foreach (var group in Groups.Select(group => $"{_prefix}_{group}"))
        {
            await Sql.ExecuteAsync(_superuser, $"REASSIGN OWNED BY {group} TO CURRENT_USER; DROP OWNED BY {group}; DROP ROLE {group}");
        }
    }

    private async Task RunScriptAsync([CallerFilePath] string path = "")
    {
        var script = await File.ReadAllTextAsync(
            Path.Combine(Path.GetDirectoryName(path)!, "../../../docs/roles.sql"));
        await Sql.ExecuteAsync(_superuser, Groups.Aggregate(
            script, (text, group) => text.Replace($"extenddb_{group}", $"{_prefix}_{group}", StringComparison.Ordinal)));
    }

    private async Task<string> LogInAsync(string? group)
    {
        var login = await LoginRole.CreateAsync(_superuser, group is null ? "" : $"GRANT {_prefix}_{group} TO {{0}}");
        _logins.Add(login);
        return login.ConnectionString;
    }

    private static string UserOf(string connection) => new NpgsqlConnectionStringBuilder(connection).Username!;

    private static async Task<TableDefinition> WriteAndFindAsync(OperationsHost writer)
    {
        var table = await writer.DefineAsync(OperationsTable.Of("Id:S").WithGlobal("ByGroup", "Group:S"));
        await writer.PutAsync(table.Name, new() { ["Id"] = "1", ["Group"] = "g", ["Name"] = "n" });
        await Waiting.UntilAsync(
            async () => (await writer.QueryAllAsync(
                OperationsQuery.OfIndex(table.Name, "ByGroup", ("Group", Condition.EqualTo("g"))))).Count == 1,
            "the item is in the index");
        return table;
    }

    private Task EmptyAsync(string table) => Waiting.UntilAsync(
        async () => (long)(await Sql.ScalarAsync(_superuser, $"SELECT count(*) FROM extenddb.{table}"))! == 0, $"{table} is empty");

    private static Task RefusedAsync(string connection, string sql) => RefusedAsync(() => Sql.ExecuteAsync(connection, sql));

    private static async Task RefusedAsync(Func<Task> act)
    {
        var failed = await Record.ExceptionAsync(act);
        ((failed as DbUpdateException)?.InnerException ?? failed).Should().BeOfType<PostgresException>()
            .Which.SqlState.Should().Be(PostgresErrorCodes.InsufficientPrivilege);
    }
}
