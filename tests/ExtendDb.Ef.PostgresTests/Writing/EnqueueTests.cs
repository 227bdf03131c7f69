using System.Transactions;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

public class EnqueueTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Misty =
        new() { ["Artist"] = "Ella", ["Title"] = "Misty", ["Year"] = 1960, ["Genre"] = "Jazz", ["Plays"] = 1 };

    [Fact]
    public async Task PutItem_commits_one_marker_for_all_its_indexes_of_one_delay()
    {
        var table = await SongsAsync();

        await Host.PutAsync(table.Name, Misty);

        var markers = await Host.MarkersAsync(table);
        markers.Should().ContainSingle().Which.IndexIds.Should().BeEquivalentTo(table.Indexes.Select(i => i.Id));
    }

    [Fact]
    public async Task PutItem_commits_one_marker_for_each_distinct_delay()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Artist:S Title:S")
            .WithGlobal("ByA", "Year:N", delayMs: 1_000)
            .WithGlobal("ByB", "Genre:S", delayMs: 60_000)
            .WithGlobal("ByC", "Genre:S Year:N", delayMs: 1_000));

        await Host.PutAsync(table.Name, Misty);

        var (a, b, c) = (table.Indexes[0].Id, table.Indexes[1].Id, table.Indexes[2].Id);
        var markers = await Host.MarkersAsync(table);
        markers.Select(m => m.IndexIds.Order().ToArray()).Should().BeEquivalentTo(
            new[] { new[] { a, c }, [b] }, o => o.WithStrictOrdering());
    }

    [Fact]
    public async Task Marker_is_ready_after_the_delay_by_the_clock_of_the_database()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Artist:S Title:S").WithGlobal("ByA", "Year:N", delayMs: 3_600_000));

        await Host.PutAsync(table.Name, Misty);

        var now = (DateTime)(await Host.ScalarAsync("SELECT now()"))!;
        (await Host.MarkersAsync(table)).Single().ReadyAt.UtcDateTime
            .Should().BeCloseTo(now.AddHours(1), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task First_write_of_a_machine_whose_clock_is_an_hour_ahead_is_ready_by_the_clock_of_the_database()
    {
        var table = await SongsAsync();
        await using var ahead = await OperationsHost.StartAsync(
            Database.ConnectionString, time: new ShiftedTime(TimeSpan.FromHours(1)));

        await ahead.PutAsync(table.Name, Misty);

        var now = (DateTime)(await Host.ScalarAsync("SELECT now()"))!;
        (await Host.MarkersAsync(table)).Single().ReadyAt.UtcDateTime
            .Should().BeCloseTo(now, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Change_of_an_attribute_that_no_index_projects_enqueues_nothing()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Artist:S Title:S")
            .WithGlobal("Keys", "Year:N", Projection.KeysOnly)
            .WithGlobal("Some", "Year:N", Projection.Include("Genre")));
        await Host.PutAsync(table.Name, Misty);
        await Host.DrainAsync();

        await Host.PutAsync(table.Name, Misty.With("Plays", 2));

        (await Host.MarkersAsync(table)).Should().BeEmpty();
    }

    [Fact]
    public async Task Marker_names_only_the_indexes_whose_entry_changes()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Artist:S Title:S")
            .WithGlobal("All", "Year:N")
            .WithGlobal("Keys", "Year:N", Projection.KeysOnly));
        await Host.PutAsync(table.Name, Misty);
        await Host.DrainAsync();

        await Host.PutAsync(table.Name, Misty.With("Plays", 2));

        (await Host.MarkersAsync(table)).Single().IndexIds.Should().Equal(table.Indexes[0].Id);
    }

    [Fact]
    public async Task Item_without_the_key_of_an_index_enqueues_nothing_for_it()
    {
        var table = await SongsAsync();

        await Host.PutAsync(table.Name, new() { ["Artist"] = "Ella", ["Title"] = "Untitled" });

        (await Host.MarkersAsync(table)).Should().BeEmpty();
    }

    [Fact]
    public async Task Item_put_again_unchanged_enqueues_nothing()
    {
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        await Host.DrainAsync();

        await Host.PutAsync(table.Name, new AttributeMap(Misty.Reverse()));

        (await Host.MarkersAsync(table)).Should().BeEmpty();
    }

    [Fact]
    public async Task Deleted_item_enqueues_a_marker_for_all_its_indexes()
    {
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        await Host.DrainAsync();

        await Host.Db.DeleteItemAsync(new(table.Name, table.KeySchema.KeyOf(Misty)));

        (await Host.MarkersAsync(table)).Single().IndexIds.Should().BeEquivalentTo(table.Indexes.Select(i => i.Id));
    }

    [Fact]
    public async Task Deletion_of_an_item_that_is_not_there_enqueues_nothing()
    {
        var table = await SongsAsync();

        await Host.Db.DeleteItemAsync(new(table.Name, table.KeySchema.KeyOf(Misty)));

        (await Host.MarkersAsync(table)).Should().BeEmpty();
    }

    [Fact]
    public async Task UpdateItem_that_removes_the_key_of_an_index_enqueues_a_marker_for_it()
    {
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        await Host.DrainAsync();

        await Host.Db.UpdateItemAsync(new(table.Name, table.KeySchema.KeyOf(Misty))
        {
            UpdateExpression = "REMOVE #year",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#year"] = "Year" },
        });

        (await Host.MarkersAsync(table)).Should().ContainSingle();
    }

    [Fact]
    public async Task Async_SaveChanges_enqueues_once()
    {
        var table = await SongsAsync();
        await using var context = Host.CreateContext();
        context.Add(Item.Create(table, Misty));

        await context.SaveChangesAsync();

        (await Host.MarkersAsync(table)).Should().ContainSingle();
    }

    [Fact]
    public async Task Sync_SaveChanges_enqueues_like_async()
    {
        var table = await SongsAsync();
        await using var context = Host.CreateContext();
        context.Add(Item.Create(table, Misty));

        context.SaveChanges();

        (await Host.MarkersAsync(table)).Should().ContainSingle()
            .Which.IndexIds.Should().BeEquivalentTo(table.Indexes.Select(i => i.Id));
    }

    [Fact]
    public async Task Item_that_was_read_changed_and_saved_enqueues_a_marker()
    {
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        await Host.DrainAsync();
        await using var context = Host.CreateContext();
        var item = await context.Items.SingleAsync(i => i.TableId == table.Id);

        item.Replace(table, Misty.With("Year", 1961));
        await context.SaveChangesAsync();

        (await Host.MarkersAsync(table)).Should().ContainSingle();
    }

    [Fact]
    public async Task Context_saved_twice_adds_no_second_marker()
    {
        var table = await SongsAsync();
        await using var context = Host.CreateContext();
        context.Add(Item.Create(table, Misty));
        await context.SaveChangesAsync();

        await context.SaveChangesAsync();

        (await Host.MarkersAsync(table)).Should().ContainSingle();
    }

    [Fact]
    public async Task Saved_context_tracks_nothing_but_what_the_user_added()
    {
        var table = await SongsAsync();
        await using var context = Host.CreateContext();
        var item = Item.Create(table, Misty);
        context.Add(item);

        await context.SaveChangesAsync();

        context.ChangeTracker.Entries().Select(e => e.Entity).Should().Equal(item);
    }

    [Fact]
    public async Task Saves_of_one_item_count_its_version_up()
    {
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        await using var context = Host.CreateContext();
        var first = (await context.Items.AsNoTracking().SingleAsync(i => i.TableId == table.Id)).Version;

        await Host.PutAsync(table.Name, Misty.With("Year", 1961));

        (await context.Items.SingleAsync(i => i.TableId == table.Id)).Version.Should().Be(first + 1);
    }

    [Fact]
    public async Task Save_of_an_item_that_was_deleted_and_put_again_meanwhile_is_refused()
    {
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        await using var context = Host.CreateContext();
        var read = await context.Items.SingleAsync(i => i.TableId == table.Id);
        await Host.Db.DeleteItemAsync(new(table.Name, table.KeySchema.KeyOf(Misty)));
        await Host.PutAsync(table.Name, Misty.With("Year", 1961));

        read.Replace(table, Misty.With("Year", 1962));
        var save = () => context.SaveChangesAsync();

        await save.Should().ThrowAsync<DbUpdateConcurrencyException>();
    }

    [Fact]
    public async Task Second_of_two_contexts_that_changed_one_item_is_refused_and_enqueues_nothing()
    {
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        await Host.DrainAsync();
        await using var loser = Host.CreateContext();
        var item = await loser.Items.SingleAsync(i => i.TableId == table.Id);
        item.Replace(table, Misty.With("Year", 1961));
        await Host.PutAsync(table.Name, Misty.With("Year", 1962));
        await Host.DrainAsync();

        await loser.Awaiting(l => l.SaveChangesAsync()).Should().ThrowAsync<DbUpdateConcurrencyException>();

        (await Host.MarkersAsync(table)).Should().BeEmpty();
    }

    [Fact]
    public async Task SaveChanges_returns_the_count_of_the_users_own_rows()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Artist:S Title:S")
            .WithGlobal("ByA", "Year:N", delayMs: 1).WithGlobal("ByB", "Year:N", delayMs: 2).WithLocal("ByL", "Artist:S Genre:S"));
        await using var context = Host.CreateContext();
        context.Add(Item.Create(table, Misty));
        context.Add(Item.Create(table, Misty.With("Title", "Summertime")));

        var count = await context.SaveChangesAsync();

        count.Should().Be(2);
    }

    [Fact]
    public async Task SaveChanges_counts_right_beside_entries_that_the_user_has_read()
    {
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        await Host.DrainAsync();
        await using var context = Host.CreateContext();
        await context.IndexEntries.Where(e => e.IndexId == table.Indexes[0].Id).LoadAsync();
        context.Add(Item.Create(table, Misty.With("Title", "Summertime")));

        var count = await context.SaveChangesAsync();

        count.Should().Be(1);
    }

    [Fact]
    public async Task UseExtendDb_called_twice_enqueues_once()
    {
        var table = await SongsAsync();
        await using var host = await OperationsHost.StartAsync<ExtendDbContext>(
            Database.ConnectionString, (connection, builder) => builder.UseNpgsql(connection).UseExtendDb());
        await host.Db.GetTableDefinitionAsync(table.Name);

        await host.PutAsync(table.Name, Misty);

        (await Host.MarkersAsync(table)).Should().ContainSingle();
    }

    [Fact]
    public async Task Two_items_of_one_save_enqueue_a_marker_each()
    {
        var table = await SongsAsync();
        await using var context = Host.CreateContext();
        context.Add(Item.Create(table, Misty));
        context.Add(Item.Create(table, Misty.With("Title", "Summertime")));

        await context.SaveChangesAsync();

        (await Host.MarkersAsync(table)).Should().HaveCount(2);
    }

    [Fact]
    public async Task Item_removed_and_added_again_in_one_save_converges_to_what_was_added()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Artist:S Title:S")
            .WithGlobal("ByYear", "Year:N").WithLocal("ByGenre", "Artist:S Genre:S"));
        await Host.PutAsync(table.Name, Misty);
        await Host.DrainAsync();
        await using var context = Host.CreateContext();
        context.Remove(await context.Items.SingleAsync(i => i.TableId == table.Id));
        context.Add(Item.Create(table, Misty.With("Year", 1999).With("Genre", "Pop")));

        await context.SaveChangesAsync();
        await Host.DrainAsync();

        var verified = await IndexLifecycleOf(table);
        verified.Should().OnlyContain(i => i.Entries == 1 && i.Missing + i.Stale + i.Orphaned == 0);
    }

    [Fact]
    public async Task ExecuteDelete_of_items_is_refused()
    {
        await using var context = Host.CreateContext();

        var deletion = () => context.Items.Where(i => i.SizeBytes > 0).ExecuteDeleteAsync();

        await deletion.Should().ThrowAsync<InvalidOperationException>().WithMessage("*DeleteItem*");
    }

    [Fact]
    public async Task Sync_ExecuteDelete_of_items_is_refused()
    {
        await using var context = Host.CreateContext();

        var deletion = () => context.Items.ExecuteDelete();

        deletion.Should().Throw<InvalidOperationException>().WithMessage("*DeleteItem*");
    }

    [Fact]
    public async Task ExecuteUpdate_of_items_is_refused()
    {
        await using var context = Host.CreateContext();

        var update = () => context.Items.ExecuteUpdateAsync(set => set.SetProperty(i => i.SizeBytes, 1));

        await update.Should().ThrowAsync<InvalidOperationException>().WithMessage("*UpdateItem*");
    }

    [Fact]
    public async Task ExecuteUpdate_of_items_joined_with_something_is_refused_too()
    {
        await using var context = Host.CreateContext();

        var update = () => context.Items.Join(context.Tables, i => i.TableId, t => t.Id, (item, table) => new { item, table })
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.item.SizeBytes, 1));

        await update.Should().ThrowAsync<InvalidOperationException>().WithMessage("*UpdateItem*");
    }

    [Fact]
    public async Task New_item_of_a_context_without_the_interceptor_is_refused_by_the_database()
    {
        var table = await SongsAsync();
        await using var context = WithoutInterceptor();
        context.Add(Item.Create(table, Misty));

        var save = () => context.SaveChangesAsync();

        (await save.Should().ThrowAsync<DbUpdateException>()).WithInnerException<Npgsql.PostgresException>()
            .Which.ConstraintName.Should().Be("ck_items_version");
    }

    [Fact]
    public async Task Changed_item_of_a_context_without_the_interceptor_is_refused_by_the_database()
    {
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        await using var context = WithoutInterceptor();
        (await context.Items.SingleAsync(i => i.TableId == table.Id)).Replace(table, Misty.With("Year", 1));

        var save = () => context.SaveChangesAsync();

        (await save.Should().ThrowAsync<DbUpdateException>()).WithInnerException<Npgsql.PostgresException>()
            .Which.ConstraintName.Should().Be("ck_items_version");
    }

    [Fact]
    public async Task Operations_on_a_context_without_the_interceptor_are_refused_with_what_to_add()
    {
        var table = await SongsAsync();
        await using var context = WithoutInterceptor();

        var put = () => context.ExtendDb().PutItemAsync(new(table.Name, Misty));

        await put.Should().ThrowAsync<InvalidOperationException>().WithMessage("*UseExtendDb()*");
    }

    [Fact]
    public async Task Items_of_an_ambient_transaction_commit_with_their_markers()
    {
        var table = await SongsAsync();
        await using var context = Host.CreateContext();

        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            context.Add(Item.Create(table, Misty));
            await context.SaveChangesAsync();
            scope.Complete();
        }

        (await Host.MarkersAsync(table)).Should().ContainSingle();
    }

    [Fact]
    public async Task Items_of_an_ambient_transaction_that_is_not_completed_leave_no_marker()
    {
        var table = await SongsAsync();
        await using var context = Host.CreateContext();

        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            context.Add(Item.Create(table, Misty));
            await context.SaveChangesAsync();
        }

        (await Host.MarkersAsync(table)).Should().BeEmpty();
        (await Host.GetAsync(table.Name, table.KeySchema.KeyOf(Misty))).Should().BeNull();
    }

    [Fact]
    public async Task PutItem_takes_part_in_an_ambient_transaction()
    {
        var table = await SongsAsync();

        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await Host.PutAsync(table.Name, Misty);
        }

        (await Host.GetAsync(table.Name, table.KeySchema.KeyOf(Misty))).Should().BeNull();
    }

    private Task<TableDefinition> SongsAsync() => Host.DefineAsync(OperationsTable.Of("Artist:S Title:S")
        .WithGlobal("ByGenre", "Genre:S Year:N", Projection.Include("Plays"))
        .WithGlobal("ByTitle", "Title:S Year:N", Projection.KeysOnly)
        .WithGlobal("ByYear", "Year:N"));

    private Task<List<ExtendDb.Ef.IndexLifecycle.VerifiedIndex>> IndexLifecycleOf(TableDefinition table) =>
        ExtendDb.Ef.IndexLifecycle.IndexVerification.RunAsync(Host.Database(), table, default);

    private ExtendDbContext WithoutInterceptor() =>
        new(new DbContextOptionsBuilder<ExtendDbContext>().UseNpgsql(Host.ConnectionString).Options);
}
