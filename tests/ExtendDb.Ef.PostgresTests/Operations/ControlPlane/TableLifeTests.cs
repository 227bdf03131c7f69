using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.ControlPlane;

public class TableLifeTests(OperationsFixture database) : OperationsTests(database)
{
    [Fact]
    public async Task Created_table_is_described_as_it_was_asked_for()
    {
        var request = OperationsTable.Of("Hash:S Sort:N")
            .WithGlobal("ByKind", "Kind:B", Projection.Include("X", "Y"), delayMs: 250)
            .WithGlobal("ByDay", "Day:N Sort:N", Projection.KeysOnly)
            .WithLocal("ByRank", "Hash:S Rank:N") with
        { DeletionProtectionEnabled = true };
        var created = (await Host.Db.CreateTableAsync(request)).TableDescription;

        var table = (await Host.Db.DescribeTableAsync(new(request.TableName))).Table;

        table.Should().BeEquivalentTo(created, same => same
            .Excluding(t => t.TableStatus).For(t => t.GlobalSecondaryIndexes).Exclude(i => i.IndexStatus));
        table.KeySchema.Should().Equal(request.KeySchema);
        table.AttributeDefinitions.Should().BeEquivalentTo(request.AttributeDefinitions);
        table.GlobalSecondaryIndexes.Select(i => (i.IndexName, i.Projection.ProjectionType, i.IndexStatus, i.PropagationDelay))
            .Should().Equal(
                ("ByDay", ProjectionType.KEYS_ONLY, IndexStatus.ACTIVE, TimeSpan.FromMilliseconds(10)),
                ("ByKind", ProjectionType.INCLUDE, IndexStatus.ACTIVE, TimeSpan.FromMilliseconds(250)));
        table.LocalSecondaryIndexes.Single().IndexStatus.Should().BeNull();
        table.GlobalSecondaryIndexes[1].Projection.NonKeyAttributes.Should().Equal("X", "Y");
        table.LocalSecondaryIndexes.Single().KeySchema.Should().Equal(request.LocalSecondaryIndexes[0].KeySchema);
        table.DeletionProtectionEnabled.Should().BeTrue();
    }

    [Fact]
    public async Task CreateTable_answers_CREATING_though_the_table_can_be_used_at_once()
    {
        var request = OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S");

        var created = (await Host.Db.CreateTableAsync(request)).TableDescription;
        await Host.PutAsync(request.TableName, new() { ["Id"] = "1", ["Kind"] = "k" });

        created.TableStatus.Should().Be(TableStatus.CREATING);
        created.GlobalSecondaryIndexes.Single().IndexStatus.Should().Be(IndexStatus.CREATING);
        created.GlobalSecondaryIndexes.Single().Backfilling.Should().BeNull();
        (await Host.Db.DescribeTableAsync(new(request.TableName))).Table.TableStatus.Should().Be(TableStatus.ACTIVE);
    }

    [Fact]
    public async Task Table_of_a_name_that_exists_is_refused()
    {
        var request = OperationsTable.Of("Id:S");
        await Host.CreateAsync(request);

        var refused = () => Host.CreateAsync(request);

        await refused.Should().ThrowAsync<ResourceInUseException>().WithMessage($"Table already exists: {request.TableName}");
    }

    [Fact]
    public async Task Four_creators_of_one_name_at_once_create_one_table()
    {
        var request = OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S");

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Record.ExceptionAsync(() => Host.CreateAsync(request))));

        outcomes.Where(o => o is null).Should().ContainSingle();
        outcomes.Where(o => o is not null).Should().AllBeOfType<ResourceInUseException>();
    }

    [Theory]
    [InlineData("DescribeTable")]
    [InlineData("DeleteTable")]
    [InlineData("UpdateTable")]
    public async Task Unknown_table_is_refused_by_its_name(string operation)
    {
        Func<Task> refused = () => operation switch
        {
            "DescribeTable" => Host.Db.DescribeTableAsync(new("Nowhere")),
            "DeleteTable" => Host.Db.DeleteTableAsync(new("Nowhere")),
            _ => Host.Db.UpdateTableAsync(new("Nowhere") { DeletionProtectionEnabled = true }),
        };

        await refused.Should().ThrowAsync<ResourceNotFoundException>()
            .WithMessage("Requested resource not found: Table: Nowhere not found");
    }

    [Fact]
    public async Task Protected_table_is_not_deleted()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S") with { DeletionProtectionEnabled = true });

        var refused = () => Host.Db.DeleteTableAsync(new(table));

        await refused.Should().ThrowAsync<ValidationException>().WithMessage("*protected against deletion*");
        (await Host.Db.DescribeTableAsync(new(table))).Table.TableStatus.Should().Be(TableStatus.ACTIVE);
    }

    [Fact]
    public async Task Deleted_table_is_gone_when_the_client_looks_next()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var deleted = (await Host.Db.DeleteTableAsync(new(table))).TableDescription;
        var describe = () => Host.Db.DescribeTableAsync(new(table));

        deleted.TableStatus.Should().Be(TableStatus.DELETING);
        deleted.KeySchema.Should().BeEmpty();
        deleted.AttributeDefinitions.Should().BeEmpty();
        await describe.Should().ThrowAsync<ResourceNotFoundException>();
        (await Host.Db.ListTablesAsync(new() { ExclusiveStartTableName = table[..^1] })).TableNames.Should().NotContain(table);
    }

    [Theory]
    [InlineData("put")]
    [InlineData("get")]
    [InlineData("query")]
    [InlineData("scan")]
    public async Task Deleted_table_is_refused(string operation)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        var item = new AttributeMap { ["Id"] = "1" };
        await Host.PutAsync(table, item);
        await Host.Db.DeleteTableAsync(new(table));

        Task Run() => operation switch
        {
            "put" => Host.PutAsync(table, item),
            "get" => Host.GetAsync(table, item),
            "query" => Host.Db.QueryAsync(OperationsQuery.Of(table, ("Id", Condition.EqualTo("1")))),
            _ => Host.Db.ScanAsync(new(table)),
        };

        var refused = Run;

        await refused.Should().ThrowAsync<ResourceNotFoundException>();
    }

    [Fact]
    public async Task Second_deletion_finds_no_table()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await Host.Db.DeleteTableAsync(new(table));

        var refused = () => Host.Db.DeleteTableAsync(new(table));

        await refused.Should().ThrowAsync<ResourceNotFoundException>();
    }

    [Fact]
    public async Task Worker_deletes_all_rows_of_a_deleted_table()
    {
        var table = await FilledAsync(2_500);
        var entries = $"index_entries WHERE index_id IN ({table.Indexes[0].Id}, {table.Indexes[1].Id})";
        var before = await Host.CountAsync(entries);

        await using var worker = await WorkerAsync();
        await worker.Db.DeleteTableAsync(new(table.Name));
        await SweptAsync(table);

        (before, await Host.CountAsync(entries)).Should().Be((5_000, 0));
        (await Host.CountAsync($"items WHERE table_id = {table.Id}")).Should().Be(0);
        (await Host.CountAsync($"secondary_indexes WHERE table_id = {table.Id}")).Should().Be(0);
    }

    [Fact]
    public async Task Markers_of_a_deleted_table_are_dropped()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"));
        await Host.PutAsync(table.Name, new() { ["Id"] = "1", ["Kind"] = "k" });

        await using var worker = await WorkerAsync();
        await worker.Db.DeleteTableAsync(new(table.Name));
        await Waiting.UntilAsync(async () => (await Host.MarkersAsync(table)).Count == 0, "the markers are dropped");
        await SweptAsync(table);

        (await Host.CountAsync($"index_entries WHERE index_id = {table.Indexes[0].Id}")).Should().Be(0);
    }

    [Fact]
    public async Task Name_of_a_deleted_table_can_be_used_again_at_once()
    {
        var request = OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S", delayMs: 0);
        await Host.CreateAsync(request);
        await Host.PutAsync(request.TableName, new() { ["Id"] = "1", ["Kind"] = "k" });
        await Host.Db.DeleteTableAsync(new(request.TableName));

        await Host.CreateAsync(OperationsTable.Of("Other:N") with { TableName = request.TableName });

        (await Host.Db.ScanAsync(new(request.TableName))).Items.Should().BeEmpty();
        (await Host.Db.DescribeTableAsync(new(request.TableName))).Table.KeySchema.Single().AttributeName.Should().Be("Other");
    }

    [Fact]
    public async Task Item_of_a_transaction_that_commits_after_the_deletion_does_not_survive()
    {
        var table = await FilledAsync(10);
        await using var writer = Host.CreateContext();
        await using var transaction = await writer.Database.BeginTransactionAsync();
        await writer.ExtendDb().PutItemAsync(new(table.Name, new() { ["Id"] = "late", ["Sort"] = 1, ["Kind"] = "k" }));
        await Host.Db.DeleteTableAsync(new(table.Name));
        await using var worker = await WorkerAsync();

        await transaction.CommitAsync();
        await SweptAsync(table);

        (await Host.CountAsync($"items WHERE table_id = {table.Id}")).Should().Be(0);
        (await Host.CountAsync($"index_entries WHERE index_id = {table.Indexes[0].Id}")).Should().Be(0);
    }

    [Fact]
    public async Task Rows_stay_until_the_transactions_that_may_write_some_have_ended_and_nobody_else_waits()
    {
        var table = await FilledAsync(10);
        var time = new JumpingTime();
        await using var process = await OperationsHost.StartAsync(Database.ConnectionString, time: time);
        var rows = new RemovedRows(process.Database(), NullLogger.Instance);
        await using var old = Host.CreateContext();
        await using var dump = await old.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await old.Tables.CountAsync();

        await Host.Db.DeleteTableAsync(new(table.Name));
        var again = await Host.CreateAsync(OperationsTable.Of("Id:S") with { TableName = table.Name });
        await Host.PutAsync(again, new() { ["Id"] = "new" });
        for (var step = 0; step < 5; step++)
        {
            await StepAsync();
        }

        var during = await Host.CountAsync($"items WHERE table_id = {table.Id}");
        await dump.CommitAsync();
        await Waiting.UntilAsync(
            async () =>
            {
                await StepAsync();
                return await Host.CountAsync($"removed_definitions WHERE kind = 'TABLE' AND id = {table.Id}") == 0;
            },
            "the rows of the table are deleted");

        during.Should().Be(10);
        (await Host.CountAsync($"items WHERE table_id = {table.Id}")).Should().Be(0);
        (await Host.Db.ScanAsync(new(again))).Items.Should().ContainSingle();

        // Longer than any process may go without reading the definitions.
        Task StepAsync()
        {
            time.Jump(TimeSpan.FromMinutes(10));
            return rows.StepAsync(default);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Pages_of_ListTables_hold_every_name_once_in_order_of_bytes(int limit)
    {
        string[] names = ["List.a", "List-b", "List_c", "ListB", "Lista"];
        foreach (var name in names)
        {
            _ = await Record.ExceptionAsync(() => Host.CreateAsync(OperationsTable.Of("Id:S") with { TableName = name }));
        }

        var listed = new List<string>();
        var request = new ListTablesRequest { Limit = limit, ExclusiveStartTableName = "List" };
        string? last;
        do
        {
            var page = await Host.Db.ListTablesAsync(request);
            page.TableNames.Count.Should().BeLessThanOrEqualTo(limit);
            listed.AddRange(page.TableNames);
            last = page.LastEvaluatedTableName;
            request = request with { ExclusiveStartTableName = last };
        }
        while (last is not null);

        listed.Where(n => n.StartsWith("List", StringComparison.Ordinal)).Should().Equal(names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task ListTables_with_a_limit_out_of_range_is_refused(int limit)
    {
        var refused = () => Host.Db.ListTablesAsync(new() { Limit = limit });

        await refused.Should().ThrowAsync<ValidationException>().WithMessage("*'limit'*");
    }

    private Task<OperationsHost> WorkerAsync() => OperationsHost.StartAsync(
        Database.ConnectionString, worker: true, o => o.CatalogPollInterval = TimeSpan.FromMilliseconds(50));

    private Task SweptAsync(TableDefinition table) => Waiting.UntilAsync(
        async () => await Host.CountAsync($"removed_definitions WHERE kind = 'TABLE' AND id = {table.Id}") == 0
            && await Host.CountAsync($"removed_definitions WHERE kind = 'INDEX' AND id = ANY ('{{{string.Join(',', table.Indexes.Select(i => i.Id))}}}')") == 0,
        "the rows of the table are deleted");

    private async Task<TableDefinition> FilledAsync(int count)
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S Sort:N")
            .WithGlobal("ByKind", "Kind:S", delayMs: 0).WithLocal("ByRank", "Id:S Rank:N"));
        await using var context = Host.CreateContext();
        context.AddRange(Enumerable.Range(0, count).Select(i => ExtendDb.Ef.Model.Item.Create(
            table, new() { ["Id"] = $"{i % 7}", ["Sort"] = i, ["Kind"] = "k", ["Rank"] = i })));
        await context.SaveChangesAsync();
        return table;
    }
}
