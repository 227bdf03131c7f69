using ExtendDb.Ef.CrashTests;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.InstalledProgramTests;

public class PgBouncerTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    private static readonly int Writes = CrashRounds.Times(100);

    [Fact]
    public async Task Everything_goes_through_PgBouncer_that_gives_out_connections_by_the_transaction()
    {
        var seed = SeededRandom.Printed(output).Seed;
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var bouncer = await PgBouncer.StartAsync(connectionString, serverConnections: 20);
        await using var client = new Client(bouncer.ConnectionString);
        await Parcels.CreateAsync(client.ExtendDb);
        await using var first = await ExtendDbProcess.StartWorkerAsync(bouncer.ConnectionString);
        await using var second = await InProcessWorker.StartAsync(bouncer.ConnectionString);
        await using var load = ParcelLoad.Start(client.ExtendDb, drivers: 5, seed);
        await using var sampler = IndexSampler.Start(client.ExtendDb, load.Sampled);

        await client.ExtendDb.UpdateTableAsync(new(Parcels.Table)
        {
            AttributeDefinitions = [new("Town", AttributeType.S), new("Driver", AttributeType.N)],
            GlobalSecondaryIndexUpdates =
            [
                new()
                {
                    Create = new(
                        "by-town-and-driver", [new("Town", KeyType.HASH), new("Driver", KeyType.RANGE)], Projection.All),
                },
            ],
        });
        await load.WritesOnAsync(Writes);
        await Waiting.UntilAsync(
            async () => (await client.ExtendDb.DescribeTableAsync(new(Parcels.Table))).Table.GlobalSecondaryIndexes
                .All(index => index.IndexStatus == IndexStatus.ACTIVE),
            "the new index is ACTIVE");
        await load.StopAsync();
        await sampler.StopAsync();

        output.WriteLine($"{load.Counts}, {sampler.Counts}.");
        load.Ledger.Unanswered.Should().Be(0, load.Ledger.FaultsMet);
        sampler.Changes.Should().BePositive("there was something to see");
        await CrashOracle.CheckAsync(connectionString, load.Ledger);
        (await client.ExtendDb.QueryAsync(new(Parcels.Table)
        {
            IndexName = "by-town-and-driver",
            KeyConditionExpression = "Town = :town",
            ExpressionAttributeValues = new AttributeMap { [":town"] = "town 1" },
        })).Items.Should().NotBeEmpty();
    }

    [Fact]
    public async Task More_writers_than_PgBouncer_has_connections_do_not_wait_for_each_other_for_ever()
    {
        var seed = SeededRandom.Printed(output).Seed;
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var bouncer = await PgBouncer.StartAsync(connectionString, serverConnections: 3);
        await using var client = new Client(bouncer.ConnectionString);
        await Parcels.CreateAsync(client.ExtendDb);
        await using var load = ParcelLoad.Start(client.ExtendDb, drivers: 6, seed);

        await load.WritesOnAsync(Writes);
        await load.StopAsync();

        output.WriteLine($"{load.Counts}.");
        load.Ledger.Unanswered.Should().Be(0, load.Ledger.FaultsMet);
        await using var worker = await InProcessWorker.StartAsync(connectionString);
        await CrashOracle.CheckAsync(connectionString, load.Ledger);
    }

    [LongFact]
    public async Task Prepared_statements_that_PgBouncer_mixes_up_are_refused_and_corrupt_nothing()
    {
        var seed = SeededRandom.Printed(output).Seed;
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var bouncer = await PgBouncer.StartAsync(connectionString, serverConnections: 8);
        await using var direct = new Client(connectionString);
        await Parcels.CreateAsync(direct.ExtendDb);
        await using var client = new Client(bouncer.Preparing);

        // Whatever is said aloud is fair: only what is written or read wrongly without an error counts.
        await using var load = ParcelLoad.Start(client.ExtendDb, drivers: 4, seed, ledger: new(_ => true));

        await load.WritesOnAsync(Writes);
        await load.StopAsync();

        output.WriteLine($"{load.Counts}.");
        load.Ledger.FaultsMet.Should().Contain("prepared statement", "PgBouncer mixed them up");
        await using var worker = await InProcessWorker.StartAsync(connectionString);
        await CrashOracle.CheckAsync(connectionString, load.Ledger);
    }
}
