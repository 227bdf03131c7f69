using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

public class SaveTransactionTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>, IAsyncLifetime
{
    private readonly JumpingTime _time = new();
    private OwnProcess? _process;
    private TableDefinition? _table;

    public async Task InitializeAsync()
    {
        _process = new(fixture.ConnectionString, $"saves-{Guid.NewGuid():N}", new()
        {
            CatalogPollInterval = TimeSpan.FromMinutes(1),
        }, _time);
        await using var context = _process.CreateContext();
        var name = $"table-{Guid.NewGuid():N}";
        await context.ExtendDb().CreateTableAsync(new(name, [new("Id", KeyType.HASH)], [new("Id", AttributeType.S)]));
        _table = await context.ExtendDb().GetTableDefinitionAsync(name);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(AutoTransactionBehavior.WhenNeeded, true)]
    [InlineData(AutoTransactionBehavior.WhenNeeded, false)]
    [InlineData(AutoTransactionBehavior.Always, true)]
    [InlineData(AutoTransactionBehavior.Always, false)]
    public async Task Save_leaves_the_automatic_transactions_of_its_context_as_they_were(AutoTransactionBehavior behavior, bool sync)
    {
        await using var context = _process!.CreateContext();
        context.Database.AutoTransactionBehavior = behavior;
        context.Add(NewItem("saved"));

        var count = sync ? context.SaveChanges() : await context.SaveChangesAsync();

        count.Should().Be(1);
        context.Database.AutoTransactionBehavior.Should().Be(behavior);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_that_the_database_refuses_leaves_them_as_they_were(bool sync)
    {
        await using var context = _process!.CreateContext();
        context.Add(NewItem("twice"));
        await context.SaveChangesAsync();
        context.ChangeTracker.Clear();
        context.Add(NewItem("twice"));

        var save = () => sync ? Task.FromResult(context.SaveChanges()) : context.SaveChangesAsync();

        await save.Should().ThrowAsync<DbUpdateException>();
        context.Database.AutoTransactionBehavior.Should().Be(AutoTransactionBehavior.WhenNeeded);
    }

    [Fact]
    public async Task Save_that_is_cancelled_leaves_them_as_they_were()
    {
        using var cancel = new CancellationTokenSource();
        await using var context = _process!.CreateContext(new Cancelling(cancel));
        context.Add(NewItem("cancelled"));

        var save = () => context.SaveChangesAsync(cancel.Token);

        await save.Should().ThrowAsync<OperationCanceledException>();
        context.Database.AutoTransactionBehavior.Should().Be(AutoTransactionBehavior.WhenNeeded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_without_any_transaction_is_refused_and_may_be_tried_again_in_one(bool sync)
    {
        await using var context = _process!.CreateContext();
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        context.Add(NewItem($"never-{sync}"));
        var save = () => sync ? Task.FromResult(context.SaveChanges()) : context.SaveChangesAsync();

        await save.Should().ThrowAsync<InvalidOperationException>().WithMessage("*AutoTransactionBehavior*");
        await using var transaction = await context.Database.BeginTransactionAsync();
        await save.Should().NotThrowAsync();
        await transaction.CommitAsync();

        context.Database.AutoTransactionBehavior.Should().Be(AutoTransactionBehavior.Never);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Save_asks_once_whether_its_definitions_still_hold_however_long_it_takes(bool isSlow)
    {
        await using var context = isSlow ? _process!.CreateContext(new Jumping(_time)) : _process!.CreateContext();
        context.AddRange(NewItem($"{isSlow}-1"), NewItem($"{isSlow}-2"));
        using var trips = new RoundTrips();

        await context.SaveChangesAsync();

        trips.Commands.Should().HaveCount(2);
        trips.Commands.First().Should().StartWith("INSERT INTO extenddb.items");
        trips.Commands.Last().Should().Be(Statements.TablesVersions);
        (await context.GsiPending.CountAsync(m => m.TableId == _table!.Id)).Should().Be(0);
    }

    private Item NewItem(string id) => Item.Create(_table!, new() { ["Id"] = id });

    private sealed class Cancelling(CancellationTokenSource cancel) : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            cancel.Cancel();
            return new(result);
        }
    }

    /// <summary>Lets the time that nobody waits for pass in the middle of a save.</summary>
    private sealed class Jumping(JumpingTime time) : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            time.Jump(TimeSpan.FromMinutes(2));
            return new(result);
        }
    }
}
