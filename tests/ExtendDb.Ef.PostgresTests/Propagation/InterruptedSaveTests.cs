using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

public class InterruptedSaveTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Save_that_an_interceptor_of_the_user_ends_leaves_nothing_behind_in_its_context()
    {
        await using var host = await PropagationHost.StartWithoutWorkerAsync(fixture.ConnectionString);
        var table = await Tables.CreateAsync(host, "Refused", Tables.Short);
        await using var context = new OwnProcess(fixture.ConnectionString, "refusing", new()).CreateContext(new Refusing());
        context.Add(Item.Create(table, Tables.Item("refused", 1)));

        var save = () => context.SaveChangesAsync();

        await save.Should().ThrowAsync<OperationCanceledException>();
        context.Database.AutoTransactionBehavior.Should().Be(AutoTransactionBehavior.WhenNeeded);
        context.ChangeTracker.Entries<GsiPending>().Should().BeEmpty();
    }

    /// <summary>Refuses each save, as validation does.</summary>
    private sealed class Refusing : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            throw new OperationCanceledException("not now");
    }
}
