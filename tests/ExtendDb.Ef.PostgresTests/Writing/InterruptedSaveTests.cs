using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

public class InterruptedSaveTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Save_that_an_interceptor_of_the_user_ends_leaves_nothing_for_the_next_one()
    {
        await using var host = await PropagationHost.StartWithoutWorkerAsync(fixture.ConnectionString);
        var table = await Tables.CreateAsync(host, "Refused", Tables.Short);
        var refusing = new Refusing();
        await using var context = new OwnProcess(fixture.ConnectionString, "refusing", new()).CreateContext(refusing);
        var item = Item.Create(table, Tables.Item("refused", 1));
        context.Add(item);
        var save = () => context.SaveChangesAsync();
        await save.Should().ThrowAsync<OperationCanceledException>();

        refusing.Refuses = false;
        context.Entry(item).State = EntityState.Detached;
        await save();

        (await Oracle.PendingAsync(host)).Should().Be(0);
        context.Database.AutoTransactionBehavior.Should().Be(AutoTransactionBehavior.WhenNeeded);
        context.ChangeTracker.Entries<GsiPending>().Should().BeEmpty();
    }

    /// <summary>Refuses each save, as validation does.</summary>
    private sealed class Refusing : SaveChangesInterceptor
    {
        public bool Refuses { get; set; } = true;

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            Refuses ? throw new OperationCanceledException("not now") : new(result);
    }
}
