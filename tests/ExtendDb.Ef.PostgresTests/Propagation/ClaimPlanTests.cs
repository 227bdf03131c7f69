using ExtendDb.Ef.PostgresTests.Storage;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

[Collection(AloneCollection.Name)]
public class ClaimPlanTests(ClaimPlanTests.Queues queues) : IClassFixture<ClaimPlanTests.Queues>
{
    private const int Slots = 8;
    private const int PerSlot = 500;

    [Theory]
    [InlineData("force_custom_plan")]
    [InlineData("force_generic_plan")]
    public async Task Claim_reads_no_more_buffers_with_a_million_markers_waiting(string mode)
    {
        var few = await ExplainAsync(queues.TenThousand, mode);
        var many = await ExplainAsync(queues.Million, mode);

        var (perMarkerOfFew, perMarkerOfMany) = (few.Buffers / (double)few.Deleted, many.Buffers / (double)many.Deleted);
        many.Deleted.Should().Be(Slots * PerSlot);
        perMarkerOfMany.Should().BeLessThan(20).And.BeLessThan(1.2 * perMarkerOfFew);
    }

    /// <summary>Claims markers of some slots, and rolls back.</summary>
    private static async Task<ExplainedPlan> ExplainAsync(PropagationHost host, string mode)
    {
        await using var connection = await host.Database.Connections.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await Oracle.ScalarAsync(connection, $"SET LOCAL plan_cache_mode = {mode}");
        await Oracle.ScalarAsync(connection, Statements.BatchBegin);
        await Oracle.ScalarAsync(
            connection,
            $"PREPARE planned (smallint[], timestamptz[], timestamptz, integer, integer) AS {Statements.GsiPendingClaim}");
        var text = (string)(await Oracle.ScalarAsync(connection, $"""
            EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE planned (
                ARRAY[{string.Join(',', Enumerable.Range(0, Slots))}]::smallint[],
                array_fill(timestamptz '2000-01-01', ARRAY[{Slots}]), now(), {PerSlot}, 67108864)
            """))!;
        await Oracle.ScalarAsync(connection, "DEALLOCATE planned");
        await transaction.RollbackAsync();
        return new(text);
    }

    /// <summary>Two databases that differ in the length of their queue; their statistics are those of empty tables.</summary>
    public sealed class Queues : ExtendDbFixture
    {
        private const int Indexes = 3;

        internal PropagationHost TenThousand { get; private set; } = null!;

        internal PropagationHost Million { get; private set; } = null!;

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            TenThousand = await QueueAsync(10_000);
            Million = await QueueAsync(1_000_000);
        }

        public override async Task DisposeAsync()
        {
            await TenThousand.DisposeAsync();
            await Million.DisposeAsync();
            await base.DisposeAsync();
        }

        private async Task<PropagationHost> QueueAsync(int markers)
        {
            var host = await PropagationHost.StartWithoutWorkerAsync(await CreateDatabaseAsync());
            var table = await Tables.CreateAsync(host, "Planned", [.. Enumerable.Repeat(Tables.Short, Indexes)]);
            await Oracle.ScalarAsync(host, """
                ALTER TABLE extenddb.gsi_pending SET (autovacuum_enabled = false);
                ALTER TABLE extenddb.items SET (autovacuum_enabled = false);
                ANALYZE extenddb.gsi_pending, extenddb.items
                """);
            await Backlog.AddItemsAsync(host, table, 20_000);
            await Backlog.AddMarkersAsync(host, table, markers);
            return host;
        }
    }
}
