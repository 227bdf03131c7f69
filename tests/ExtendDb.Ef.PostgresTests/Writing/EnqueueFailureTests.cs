using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

public class EnqueueFailureTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Misty =
        new() { ["Artist"] = "Ella", ["Title"] = "Misty", ["Year"] = 1960, ["Genre"] = "Jazz" };

    [Fact]
    public async Task Rolled_back_PutItem_leaves_no_marker()
    {
        var table = await SongsAsync();
        var before = await Host.RowsAsync();
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new(table.Name, Misty));

        await transaction.RollbackAsync();

        (await Host.RowsAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Committed_transaction_of_the_user_leaves_the_item_and_its_marker()
    {
        var table = await SongsAsync();
        var before = await Host.RowsAsync();
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new(table.Name, Misty));

        await transaction.CommitAsync();

        (await Host.RowsAsync()).Should().Be((before.Items + 1, before.Markers + 1, before.Entries + 1));
    }

    [Fact]
    public async Task Rollback_to_a_savepoint_takes_back_the_marker_behind_it()
    {
        var table = await SongsAsync();
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new(table.Name, Misty));
        await transaction.CreateSavepointAsync("here");
        await context.ExtendDb().PutItemAsync(new(table.Name, Misty.With("Title", "Summertime")));

        await transaction.RollbackToSavepointAsync("here");
        await transaction.CommitAsync();

        (await Host.MarkersAsync(table)).Should().ContainSingle();
        (await Host.Db.ScanAsync(new(table.Name))).Items.Should().Equal(Misty);
    }

    [Fact]
    public async Task Failed_save_leaves_no_marker()
    {
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        var before = await Host.RowsAsync();
        await using var context = Host.CreateContext();
        context.Add(Item.Create(table, Misty.With("Title", "Summertime")));
        context.Add(Item.Create(table, Misty));

        await context.Awaiting(c => c.SaveChangesAsync()).Should().ThrowAsync<DbUpdateException>();

        (await Host.RowsAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Failed_save_leaves_nothing_tracked_but_what_the_user_added()
    {
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        await using var context = Host.CreateContext();
        var taken = Item.Create(table, Misty);
        context.Add(taken);

        await context.Awaiting(c => c.SaveChangesAsync()).Should().ThrowAsync<DbUpdateException>();

        context.ChangeTracker.Entries().Select(e => e.Entity).Should().Equal(taken);
    }

    [Fact]
    public async Task Save_after_a_failed_one_enqueues_once()
    {
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        await Host.DrainAsync();
        await using var context = Host.CreateContext();
        var taken = Item.Create(table, Misty);
        context.AddRange(taken, Item.Create(table, Misty.With("Title", "Summertime")));
        await context.Awaiting(c => c.SaveChangesAsync()).Should().ThrowAsync<DbUpdateException>();

        context.Remove(taken);
        await context.SaveChangesAsync();

        (await Host.MarkersAsync(table)).Should().ContainSingle();
    }

    [Fact]
    public async Task Save_refused_by_the_interceptor_leaves_nothing_tracked_but_what_the_user_added()
    {
        var (table, gone) = (await SongsAsync(), await SongsAsync());
        var (kept, lost) = (Item.Create(table, Misty), Item.Create(gone, Misty));
        await RemoveAsync(gone);
        await using var context = Host.CreateContext();
        context.AddRange(kept, lost);

        await context.Awaiting(c => c.SaveChangesAsync()).Should().ThrowAsync<ResourceNotFoundException>();

        context.ChangeTracker.Entries().Select(e => e.Entity).Should().OnlyContain(e => e == kept || e == lost);
    }

    [Fact]
    public async Task Cancelled_save_leaves_nothing_tracked_but_what_the_user_added()
    {
        var table = await SongsAsync();
        await using var context = Host.CreateContext();
        var item = Item.Create(table, Misty);
        context.Add(item);

        await context.Awaiting(c => c.SaveChangesAsync(new CancellationToken(canceled: true)))
            .Should().ThrowAsync<OperationCanceledException>();

        context.ChangeTracker.Entries().Select(e => e.Entity).Should().Equal(item);
    }

    [Fact]
    public async Task Retried_SaveChanges_enqueues_once()
    {
        var table = await SongsAsync();
        var faults = new OperationsFaults();
        await using var host = await RetryingHostAsync(faults);
        await using var context = host.CreateContext<OperationsCatalogContext>();
        context.Add(Item.Create(table, Misty));
        faults.CommandsToBreak = 1;

        await context.SaveChangesAsync();

        faults.CommandsToBreak.Should().BeNegative("the first try was broken and another was made");
        (await Host.MarkersAsync(table)).Should().ContainSingle();
    }

    [Fact]
    public async Task Retried_PutItem_enqueues_once()
    {
        var table = await SongsAsync();
        var faults = new OperationsFaults();
        await using var host = await RetryingHostAsync(faults);
        faults.CommitsToBreak = 1;

        await host.PutAsync(table.Name, Misty);

        (await Host.MarkersAsync(table)).Should().ContainSingle();
    }

    [Fact]
    public async Task Retried_PutItem_still_saves_what_else_the_context_tracks()
    {
        var table = await SongsAsync();
        var faults = new OperationsFaults();
        await using var host = await RetryingHostAsync(faults);
        await using var context = host.CreateContext<OperationsCatalogContext>();
        context.Add(new OperationsCatalogContext.Order { Id = 1, Text = "first" });
        faults.CommitsToBreak = 1;

        await context.ExtendDb().PutItemAsync(new(table.Name, Misty));

        (await Host.ScalarAsync("""SELECT count(*) FROM "Orders" WHERE "Id" = 1""")).Should().Be(1L);
    }

    [Fact]
    public async Task Pooled_context_that_was_given_back_in_the_middle_leaves_the_next_user_nothing()
    {
        var table = await SongsAsync();
        await using (var abandoned = Host.CreateContext())
        {
            await abandoned.Database.BeginTransactionAsync();
            await abandoned.ExtendDb().PutItemAsync(new(table.Name, Misty));
            abandoned.Add(Item.Create(table, Misty.With("Title", "Unsaved")));
        }

        await using var next = Host.CreateContext();
        await next.ExtendDb().PutItemAsync(new(table.Name, Misty.With("Title", "Summertime")));

        (await Host.MarkersAsync(table)).Should().ContainSingle();
        (await Host.Db.ScanAsync(new(table.Name))).Items.Should().Equal(Misty.With("Title", "Summertime"));
    }

    [Fact]
    public async Task Put_that_loses_the_race_for_its_key_in_a_snapshot_transaction_is_a_conflict()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Artist:S Title:S").WithGlobal("ByYear", "Year:N"));
        using var patience = new CancellationTokenSource(TestDeadline.Usual);
        await using var context = Host.CreateContext();
        await using var snapshot =
            await context.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await context.Items.CountAsync();
        await Host.PutAsync(table.Name, Misty);

        var put = () => context.ExtendDb().PutItemAsync(new(table.Name, Misty.With("Year", 1)), patience.Token);

        await put.Should().ThrowAsync<TransactionConflictException>("the snapshot will never show the winner's item");
    }

    public override async Task InitializeAsync()
    {
        await Host.ScalarAsync(OperationsCatalogContext.CreateOrders);
    }

    private Task<TableDefinition> SongsAsync() => Host.DefineAsync(OperationsTable.Of("Artist:S Title:S")
        .WithGlobal("ByYear", "Year:N").WithLocal("ByGenre", "Artist:S Genre:S"));

    private async Task RemoveAsync(TableDefinition table)
    {
        await Host.Db.DeleteTableAsync(new(table.Name));
        await Host.Db.ListTablesAsync(new());
    }

    private Task<OperationsHost> RetryingHostAsync(OperationsFaults faults) =>
        OperationsHost.StartAsync<OperationsCatalogContext>(Database.ConnectionString, (connection, builder) => builder
            .UseNpgsql(connection, npgsql => npgsql.EnableRetryOnFailure(3, TimeSpan.FromMilliseconds(1), []))
            .AddInterceptors(faults));
}
