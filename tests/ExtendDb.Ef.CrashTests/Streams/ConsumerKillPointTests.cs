using ExtendDb.Ef.Model;
using ExtendDb.Ef.Server.Demo;
using ExtendDb.Ef.Telemetry;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests.Streams;

public class ConsumerKillPointTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    private const int Files = 40;

    [Theory]
    [InlineData(KillPoint.ConsumerLocked)]
    [InlineData(KillPoint.ConsumerHandled)]
    [InlineData(KillPoint.ConsumerAdvanced)]
    [InlineData(KillPoint.ConsumerCommitted)]
    [InlineData(KillPoint.StreamNumbered)]
    public async Task Consumer_killed_at_any_step_counts_each_record_once(string point)
    {
        for (var round = 0; round < CrashRounds.Times(1); round++)
        {
            var random = SeededRandom.Printed(output);
            var killAt = $"{point}:{1 + random.Next(4)}";
            var database = await fixture.CreateDatabaseAsync();
            await using var client = new Client(database);
            await client.ExtendDb.CreateTableAsync(FileItems.Definition);
            await client.ExtendDb.CreateTableAsync(FileTotals.Definition);
            await using (var victim = ExtendDbProcess.StartWorkerToDie(database, killAt, "--demo-totals"))
            {
                // However few pages a shard has, the point is reached in the end.
                var ended = victim.ExitCodeAsync();
                while (!ended.IsCompleted)
                {
                    await WriteAsync(client.ExtendDb, random);
                }

                (await ended).Should().Be(ExtendDbProcess.Killed, "it reached {0}: {1}", killAt, victim.Errors);
            }

            await WriteAsync(client.ExtendDb, random);
            await using (var next = ExtendDbProcess.Start(database, "worker", "--stop-with-input", "--demo-totals"))
            {
                await Waiting.UntilAsync(
                    async () => next.HasExited
                        || await ConsumedStream.IsHandledAsync(client.ExtendDb, database, FileItems.Table),
                    "all records are handled");
                next.HasExited.Should().BeFalse(next.Errors);
            }

            (await FileTotals.CountWrongAsync(client.ExtendDb, default)).Should().Be(0);
        }
    }

    private static async Task WriteAsync(IExtendDb db, Random random)
    {
        for (var i = 0; i < Files; i++)
        {
            var key = new AttributeMap { ["Folder"] = $"/{random.Next(10)}", ["Name"] = $"{random.Next(20)}" };
            if (random.Next(4) == 0)
            {
                await db.DeleteItemAsync(new(FileItems.Table, key));
            }
            else
            {
                await db.PutItemAsync(new(
                    FileItems.Table, key.With("Size", random.Next(1_000)).With("Extension", $".{random.Next(5)}")));
            }
        }
    }
}
