using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.PostgresTests.Writing;
using ExtendDb.Ef.Testing;
using Xunit;
using Item = ExtendDb.Ef.Model.Item;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

public class StalledDelayTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Save_that_stood_still_while_the_delay_was_lowered_does_not_wait_for_the_older_delay()
    {
        await using var host = await ChangedDelay.StartAsync(fixture.ConnectionString);
        var table = await Tables.CreateAsync(host, "Stalled", ChangedDelay.Day);
        var standstill = new Standstill();
        var process = new OwnProcess(
            fixture.ConnectionString, "stalled", new() { CatalogPollInterval = TimeSpan.FromMilliseconds(100) });
        await using var context = process.CreateContext(standstill.BeforeCommand);
        context.Add(Item.Create(table, Tables.Item("late", 1)));
        var save = Task.Run(() => context.SaveChangesAsync());
        await Waiting.UntilAsync(() => standstill.Standing == 1, "the save stands still");

        await host.Db.UpdateTableAsync(ChangedDelay.Of("Stalled", "ByGroup0", Tables.Short));
        await ChangedDelay.DoneAsync(host);
        standstill.GoOn();
        await save;

        // By the older delay it would wait for a day.
        await Waiting.UntilAsync(async () => await ChangedDelay.EntriesAsync(host, "ByGroup0") == 1, "the save is applied");
    }
}
