using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;
using Xunit.Sdk;

namespace ExtendDb.Ef.CrashTests;

/// <summary>Damages what the other tests believe in, and sees that it is found.</summary>
public class CrashOracleTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Item_that_was_acknowledged_and_is_gone_is_found()
    {
        var (connectionString, orders, ledger) = await WrittenAsync();
        await using var open = orders;

        await orders.ExtendDb.DeleteItemAsync(new(Parcels.Table, Parcels.Place(1, 1).Key));

        await WithWorkerAsync(connectionString, () => FluentActions
            .Awaiting(() => CrashOracle.CheckAsync(connectionString, ledger))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("*there is nothing*"));
    }

    [Fact]
    public async Task Entry_that_differs_from_its_item_is_found()
    {
        var (connectionString, orders, ledger) = await WrittenAsync();
        await using var open = orders;
        await WithWorkerAsync(connectionString, () => CrashOracle.CheckAsync(connectionString, ledger));

        await using var unguarded = orders.CreateUnguardedContext();
        await unguarded.IndexEntries.Where(entry => entry.SizeBytes > 0).OrderBy(entry => entry.IndexId).Take(1)
            .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.SizeBytes, 7));

        await FluentActions.Awaiting(() => CrashOracle.CheckAsync(connectionString, ledger))
            .Should().ThrowAsync<XunitException>().WithMessage("*every index of Parcels*");
    }

    [Fact]
    public async Task Unanswered_write_may_be_there_or_not_and_an_answered_one_must()
    {
        var ledger = new Ledger();
        var place = Parcels.Place(1, 1);
        var (first, second) = (Parcels.After(1, 1, 1), Parcels.After(1, 1, 2));

        await ledger.WriteAsync([(place, first)], () => Task.FromResult(true));
        await ledger.WriteAsync([(place, second)], () => throw new NpgsqlException("The connection was lost."));

        FluentActions.Invoking(() => ledger.Saw([place], [null])).Should().Throw<InvalidOperationException>();
        ledger.Saw([place], [second]);
        FluentActions.Invoking(() => ledger.Saw([place], [first])).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public async Task Transaction_that_is_there_by_halves_is_found()
    {
        var ledger = new Ledger();
        Ledger.Place[] twins = [Parcels.Place(1, 1), Parcels.Place(1, 2)];
        ledger.KeepTogether(twins);

        await ledger.WriteAsync(
            [(twins[0], Parcels.After(1, 1, 1)), (twins[1], Parcels.After(1, 2, 1))],
            () => throw new NpgsqlException("The connection was lost."));

        FluentActions.Invoking(() => ledger.Saw(twins, [Parcels.After(1, 1, 1), null]))
            .Should().Throw<InvalidOperationException>();
        ledger.Saw(twins, [Parcels.After(1, 1, 1), Parcels.After(1, 2, 1)]);
    }

    [Theory]
    [InlineData("""UPDATE extenddb.index_entries SET document = replace(document::text, '"2"', '"1"')::jsonb""")]
    [InlineData("DELETE FROM extenddb.index_entries")]
    public async Task Entry_that_goes_back_or_comes_back_is_found(string damage)
    {
        var (connectionString, orders, _) = await WrittenAsync(moves: 2);
        await using var open = orders;
        await WithWorkerAsync(connectionString, () => CrashOracle.CheckAsync(connectionString));
        var entries = await orders.Context.IndexEntries.AsNoTracking().ToListAsync();
        await using var sampler = IndexSampler.Start(orders.ExtendDb, Parcels.Sampled(_ => 2));
        await UntilSampledAgainAsync(sampler);

        await using var other = Orders.Open(connectionString);
        await other.Context.Database.ExecuteSqlRawAsync(damage);
        await UntilSampledAgainAsync(sampler);
        if (!await other.Context.IndexEntries.AnyAsync())
        {
            other.Context.AddRange(entries);
            await other.Context.SaveChangesAsync();
            await UntilSampledAgainAsync(sampler);
        }

        await sampler.Awaiting(s => s.StopAsync()).Should().ThrowAsync<InvalidOperationException>();
    }

    private static async Task UntilSampledAgainAsync(IndexSampler sampler)
    {
        var before = sampler.Samples;
        await Waiting.UntilAsync(() => sampler.HasEnded || sampler.Samples > before + 1, "the index is sampled");
    }

    private static async Task WithWorkerAsync(string connectionString, Func<Task> check)
    {
        await using var worker = await InProcessWorker.StartAsync(connectionString);
        await check();
    }

    private async Task<(string ConnectionString, Orders Orders, Ledger Ledger)> WrittenAsync(long moves = 1)
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        var orders = Orders.Open(connectionString);
        await Parcels.CreateAsync(orders.ExtendDb);
        var ledger = new Ledger();
        var parcel = Parcels.After(1, 1, moves);
        await ledger.WriteAsync([(Parcels.Place(1, 1), parcel)], async () =>
        {
            await orders.ExtendDb.PutItemAsync(new(Parcels.Table, parcel));
            return true;
        });
        return (connectionString, orders, ledger);
    }
}
