using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

public class WrongClockTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Processes_an_hour_ahead_and_an_hour_behind_lose_nothing()
    {
        var seed = SeededRandom.Printed(output).Seed;
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var client = new Client(connectionString);
        await Parcels.CreateAsync(client.ExtendDb);
        await using var ahead = await StartAsync(connectionString, Hour);
        await using var behind = await StartAsync(connectionString, -Hour);
        await using var early = ParcelLoad.Start(ahead.ExtendDb, drivers: 2, seed);
        await using var late = ParcelLoad.Start(behind.ExtendDb, drivers: 2, seed + 2, first: 3, early.Ledger);
        await using var sampler = IndexSampler.Start(client.ExtendDb, Parcels.Sampled(_ => long.MaxValue));

        await early.WritesOnAsync(CrashRounds.Times(200));
        await sampler.SeesChangesAsync();
        await Task.WhenAll(early.StopAsync(), late.StopAsync());
        await sampler.StopAsync();

        output.WriteLine($"{early.Counts}, {sampler.Counts}.");
        early.Ledger.Unanswered.Should().Be(0, early.Ledger.FaultsMet);
        sampler.Changes.Should().BePositive("there was something to see");
        await CrashOracle.CheckAsync(connectionString, early.Ledger);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Change_waits_for_its_delay_by_the_clock_of_the_database_and_not_much_longer(int writerIsAhead)
    {
        var delay = TimeSpan.FromSeconds(1);
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var sessions = await Sessions.OpenAsync(connectionString);
        await using var writer = await StartAsync(connectionString, writerIsAhead * Hour, works: false);
        await Parcels.CreateAsync(writer.ExtendDb, delay);
        await sessions.ScalarAsync(NoteInstants);
        await using var worker = await StartAsync(connectionString, -writerIsAhead * Hour);

        for (var number = 0; number < 10; number++)
        {
            await writer.ExtendDb.PutItemAsync(new(Parcels.Table, Parcels.After(1, number, 1)));
        }

        await CrashOracle.CheckAsync(connectionString);
        var soonest = (TimeSpan)(await sessions.ScalarAsync($"SELECT min(applied_at - written_at) {FromInstants}"))!;
        var latest = (TimeSpan)(await sessions.ScalarAsync($"SELECT max(applied_at - written_at) {FromInstants}"))!;
        var tooSoon = await sessions.ScalarAsync(
            $"SELECT count(*) {FromInstants} WHERE applied_at < ready_at");
        output.WriteLine($"Applied {soonest.TotalMilliseconds:N0} to {latest.TotalMilliseconds:N0} ms after the write.");
        tooSoon.Should().Be(0L, "no marker is applied before its ready_at");
        soonest.Should().BeGreaterThan(delay / 2);
        latest.Should().BeLessThan(delay + TimeSpan.FromSeconds(10));
    }

    // The database notes by its own clock when an item is written, until when its marker waits, and when its entry comes.
    private const string NoteInstants =
        """
        CREATE TABLE public.instants (what text, hash uuid, sort bytea, at timestamptz);
        CREATE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_TABLE_NAME = 'gsi_pending' THEN
                IF (SELECT name FROM extenddb.secondary_indexes WHERE id = NEW.index_ids[1]) = 'by-fleet' THEN
                    INSERT INTO public.instants VALUES ('ready', NEW.partition_hash, NEW.sort_key, NEW.ready_at);
                END IF;
            ELSIF TG_TABLE_NAME = 'items' THEN
                INSERT INTO public.instants VALUES ('written', NEW.partition_hash, NEW.sort_key, clock_timestamp());
            ELSIF (SELECT name FROM extenddb.secondary_indexes WHERE id = NEW.index_id) = 'by-fleet' THEN
                INSERT INTO public.instants VALUES ('applied', NEW.partition_hash, NEW.sort_key, clock_timestamp());
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER note AFTER INSERT ON extenddb.items FOR EACH ROW EXECUTE FUNCTION public.note();
        CREATE TRIGGER note AFTER INSERT ON extenddb.gsi_pending FOR EACH ROW EXECUTE FUNCTION public.note();
        CREATE TRIGGER note AFTER INSERT ON extenddb.index_entries FOR EACH ROW EXECUTE FUNCTION public.note();
        """;

    private const string FromInstants =
        """
        FROM (SELECT max(at) FILTER (WHERE what = 'written') AS written_at,
                     max(at) FILTER (WHERE what = 'ready') AS ready_at,
                     max(at) FILTER (WHERE what = 'applied') AS applied_at
              FROM public.instants GROUP BY hash, sort) AS of_item
        """;

    private static Task<InProcessWorker> StartAsync(string connectionString, TimeSpan shift, bool works = true) =>
        InProcessWorker.StartAsync(
            connectionString, options => options.Propagation.Enabled = works, new ShiftedTime(shift));
}
