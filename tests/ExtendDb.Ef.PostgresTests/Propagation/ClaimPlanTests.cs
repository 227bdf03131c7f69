using System.Text.Json;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

[Collection(AloneCollection.Name)]
public class ClaimPlanTests(ClaimPlanTests.Queues queues) : IClassFixture<ClaimPlanTests.Queues>
{
    private const int PerShard = 500;

    [Theory]
    [InlineData("force_custom_plan")]
    [InlineData("force_generic_plan")]
    public async Task Claim_uses_the_key_of_the_queue_and_sorts_nothing_of_it_with_a_million_markers_waiting(string mode)
    {
        var plan = await queues.Million.ExplainAsync(Statements.GsiPendingClaim, mode, Queues.ClaimOf(8));

        plan.IndexesOn("gsi_pending").Should().OnlyContain(index => index == "pk_gsi_pending");
        plan.SequentialScansOn("gsi_pending", "items").Should().BeEmpty();
        plan.RowsSorted.Should().OnlyContain(rows => rows <= 8 * PerShard * Queues.Indexes);
    }

    [Theory]
    [InlineData("force_custom_plan")]
    [InlineData("force_generic_plan")]
    public async Task Claim_reads_no_more_buffers_with_a_million_markers_waiting(string mode)
    {
        var few = await queues.TenThousand.ExplainAsync(Statements.GsiPendingClaim, mode, Queues.ClaimOf(8));
        var many = await queues.Million.ExplainAsync(Statements.GsiPendingClaim, mode, Queues.ClaimOf(8));

        var (perMarkerOfFew, perMarkerOfMany) = (few.Buffers / (double)few.Deleted, many.Buffers / (double)many.Deleted);
        many.Deleted.Should().Be(8 * PerShard);
        perMarkerOfMany.Should().BeLessThan(20).And.BeLessThan(1.2 * perMarkerOfFew);
    }

    [Theory]
    [InlineData("force_custom_plan")]
    [InlineData("force_generic_plan")]
    public async Task Turn_is_taken_with_a_bounded_number_of_buffers_with_a_million_markers_waiting(string mode)
    {
        var plan = await queues.Million.ExplainAsync(Statements.GsiShardsLockDue, mode, Queues.NoHints, "8");

        plan.IndexesOn("gsi_pending").Should().OnlyContain(index => index == "pk_gsi_pending");
        plan.SequentialScansOn("gsi_pending").Should().BeEmpty();
        plan.RowsSorted.Should().OnlyContain(rows => rows <= Shard.Count);
        plan.Buffers.Should().BeLessThan(300);
    }

    [Theory]
    [InlineData("force_custom_plan")]
    [InlineData("force_generic_plan")]
    public async Task Next_marker_is_found_with_a_bounded_number_of_buffers_with_a_million_markers_waiting(string mode)
    {
        var plan = await queues.Million.ExplainAsync(
            Statements.GsiPendingNext, mode, asInBatch: false, Queues.NoHints);

        plan.SequentialScansOn("gsi_pending").Should().BeEmpty();
        plan.Buffers.Should().BeLessThan(300);
    }

    [Theory]
    [InlineData("force_custom_plan")]
    [InlineData("force_generic_plan")]
    public async Task Lag_is_read_from_a_bounded_number_of_markers_with_a_million_waiting(string mode)
    {
        const int Most = 1_000;

        var plan = await queues.Million.ExplainAsync(Statements.GsiPendingLag, mode, Queues.NoHints, $"{Most}");

        plan.IndexesOn("gsi_pending").Should().OnlyContain(index => index == "pk_gsi_pending");
        plan.SequentialScansOn("gsi_pending").Should().BeEmpty();
        plan.RowsSorted.Sum().Should().BeLessThanOrEqualTo(Shard.Count * Most * Queues.Indexes);
        plan.Buffers.Should().BeLessThan(2 * Shard.Count * Most);
    }

    /// <summary>Two databases that differ in the length of their queue; their statistics are those of empty tables.</summary>
    public sealed class Queues : ExtendDbFixture
    {
        /// <summary>To how many indexes each marker belongs; the claim sorts these numbers to tell them apart.</summary>
        public const int Indexes = 3;

        public static string NoHints { get; } =
            $"array_fill(timestamptz '2000-01-01', ARRAY[{Shard.Count}])";

        internal Queue TenThousand { get; private set; } = null!;

        internal Queue Million { get; private set; } = null!;

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

        /// <summary>Returns the parameters of a claim of some shards.</summary>
        internal static string[] ClaimOf(int shards) =>
        [
            $"ARRAY[{string.Join(',', Enumerable.Range(0, shards))}]::smallint[]",
            $"array_fill(timestamptz '2000-01-01', ARRAY[{shards}])",
            "now()",
            $"{PerShard}",
            "67108864",
        ];

        private async Task<Queue> QueueAsync(int markers)
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
            return new(host);
        }
    }

    /// <summary>A database with markers, and the plans of statements there.</summary>
    internal sealed class Queue(PropagationHost host) : IAsyncDisposable
    {
        public Task<Plan> ExplainAsync(string statement, string mode, params string[] parameters) =>
            ExplainAsync(statement, mode, asInBatch: true, parameters);

        /// <summary>Runs a prepared statement with its plan, and rolls it back.</summary>
        public async Task<Plan> ExplainAsync(string statement, string mode, bool asInBatch, params string[] parameters)
        {
            await using var connection = await host.Database.Connections.OpenAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync();
            await Oracle.ScalarAsync(connection, $"SET LOCAL plan_cache_mode = {mode}");
            if (asInBatch)
            {
                await Oracle.ScalarAsync(connection, Statements.BatchBegin);
            }

            var types = Types(statement);
            await Oracle.ScalarAsync(connection, $"PREPARE planned ({types}) AS {statement}");
            var json = (string)(await Oracle.ScalarAsync(
                connection, $"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE planned ({string.Join(", ", parameters)})"))!;
            await Oracle.ScalarAsync(connection, "DEALLOCATE planned");
            await transaction.RollbackAsync();
            return new(JsonDocument.Parse(json).RootElement[0].GetProperty("Plan"));
        }

        public ValueTask DisposeAsync() => host.DisposeAsync();

        // As Npgsql sends them.
        private static string Types(string statement) =>
            statement == Statements.GsiPendingClaim ? "smallint[], timestamptz[], timestamptz, integer, integer"
            : statement == Statements.GsiShardsLockDue || statement == Statements.GsiPendingLag ? "timestamptz[], integer"
            : "timestamptz[]";
    }

    internal sealed class Plan(JsonElement root)
    {
        /// <summary>Gets how many pages of 8 KB were looked at.</summary>
        public long Buffers => Number(root, "Shared Hit Blocks") + Number(root, "Shared Read Blocks");

        public long Deleted => Nodes(root).Where(n => Text(n, "Node Type") == "ModifyTable").Sum(n => Number(n, "Actual Rows"));

        public IEnumerable<long> RowsSorted => Nodes(root)
            .Where(n => Text(n, "Node Type").EndsWith("Sort", StringComparison.Ordinal))
            .Select(n => Number(n, "Actual Rows") * Number(n, "Actual Loops"));

        public List<string> IndexesOn(string table) =>
            [.. Nodes(root).Where(n => Text(n, "Relation Name") == table && Text(n, "Index Name") != "").Select(n => Text(n, "Index Name"))];

        public List<string> SequentialScansOn(params string[] tables) =>
        [
            .. Nodes(root)
                .Where(n => Text(n, "Node Type") is "Seq Scan" or "Bitmap Heap Scan" && tables.Contains(Text(n, "Relation Name")))
                .Select(n => n.ToString()),
        ];

        private static IEnumerable<JsonElement> Nodes(JsonElement node) => node.TryGetProperty("Plans", out var plans)
            ? plans.EnumerateArray().SelectMany(Nodes).Prepend(node)
            : [node];

        private static string Text(JsonElement node, string name) =>
            node.TryGetProperty(name, out var value) ? value.GetString()! : "";

        private static long Number(JsonElement node, string name) =>
            node.TryGetProperty(name, out var value) ? (long)value.GetDouble() : 0;
    }
}
