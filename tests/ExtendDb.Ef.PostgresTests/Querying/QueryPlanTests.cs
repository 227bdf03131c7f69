using System.Text.Json;
using ExtendDb.Ef.Storage.Sql;
using FluentAssertions;
using Npgsql;
using Xunit;
using Plan = ExtendDb.Ef.PostgresTests.Propagation.ClaimPlanTests.Plan;

namespace ExtendDb.Ef.PostgresTests.Querying;

/// <summary>Every page is read from its index, in the order of the index, and only as far as the page goes.</summary>
public abstract class QueryPlanTests(OperationsFixture database, bool analyzed) : OperationsTests(database)
{
    private const string Zero = "'00000000-0000-0000-0000-000000000000'::uuid";
    private const string Highest = "'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid";
    private const string Some = "'\\x00000500'::bytea";
    private const string ThreeKeys =
        $"array_fill(TABLE_ID, ARRAY[3]), ARRAY[{Zero}, {Zero}, {Zero}], "
        + "ARRAY['\\x00000002', '\\x00000100', '\\x00004000']::bytea[]";

    private static readonly string All = $"'\\x{string.Concat(Enumerable.Repeat("FF", 1025))}'::bytea";
    private static readonly string Range = $"1, {Zero}, ''::bytea, {All}, '\\x000003E8'::bytea, {Zero}, '\\x00002710'::bytea";

    /// <summary>Statements with their arguments, and the indexes that they are to use.</summary>
    public static TheoryData<string, string, string> Pages => new()
    {
        { nameof(Statements.ItemsQueryForward), $"TABLE_ID, {Zero}, {Some}, {All}, 10, 1048576", "pk_items" },
        { nameof(Statements.ItemsQueryBackward), $"TABLE_ID, {Zero}, {Some}, {All}, 10, 1048576", "pk_items" },
        { nameof(Statements.ItemsScan), $"TABLE_ID, {Zero}, '\\x00002710'::bytea, {Highest}, 10, 1048576", "pk_items" },
        { nameof(Statements.ItemsScan), $"TABLE_ID, {Part(3)}, ''::bytea, {Part(4)}, 10, 1048576", "pk_items" },
        { nameof(Statements.IndexEntriesQueryForward), $"{Range}, 10, 1048576", "ix_index_entries_query" },
        { nameof(Statements.IndexEntriesQueryBackward), $"{Range}, 10, 1048576", "ix_index_entries_query" },
        {
            nameof(Statements.IndexEntriesQueryItemsForward), $"{Range}, TABLE_ID, 10, 1048576",
            "ix_index_entries_query pk_items"
        },
        {
            nameof(Statements.IndexEntriesQueryItemsBackward), $"{Range}, TABLE_ID, 10, 1048576",
            "ix_index_entries_query pk_items"
        },
        {
            nameof(Statements.IndexEntriesScan), $"1, {Zero}, '\\x00002710'::bytea, {Highest}, 10, 1048576",
            "pk_index_entries"
        },
        { nameof(Statements.IndexEntriesScan), $"1, {Part(3)}, ''::bytea, {Part(4)}, 10, 1048576", "pk_index_entries" },
        {
            nameof(Statements.IndexEntriesScanItems),
            $"1, {Zero}, '\\x00002710'::bytea, {Highest}, TABLE_ID, 10, 1048576", "pk_index_entries pk_items"
        },
        { nameof(Statements.ItemsSize), "TABLE_ID, 10", "pk_items" },
        { nameof(Statements.IndexEntriesSize), "1, 10", "pk_index_entries" },
        {
            nameof(Statements.ItemsExpired),
            $"TABLE_ID, {Zero}, '\\x00002710'::bytea, 10, 'A', 1, 2, ARRAY['A', 'B']", "pk_items"
        },
    };

    public static TheoryData<string, string> Keys => new()
    {
        { nameof(Statements.ItemsReadMany), $"{ThreeKeys}, 16777216" },
        { nameof(Statements.ItemsReadManyLocked), ThreeKeys },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_is_read_from_its_indexes_without_sorting(string statement, string arguments, string indexes)
    {
        await using var connection = await FilledAsync();

        var (_, generic) = await ExplainAsync(connection, statement, arguments, "force_generic_plan");
        var (_, custom) = await ExplainAsync(connection, statement, arguments, "force_custom_plan");

        foreach (var plan in (Plan[])[generic, custom])
        {
            plan.IndexesOn("items").Concat(plan.IndexesOn("index_entries")).Should().BeEquivalentTo(indexes.Split(' '));
            plan.SequentialScansOn("items", "index_entries").Should().BeEmpty();
            plan.RowsSorted.Should().BeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_reads_few_buffers_wherever_it_begins(string statement, string arguments, string indexes)
    {
        await using var connection = await FilledAsync();

        var (text, plan) = await ExplainAsync(connection, statement, arguments, "force_generic_plan");

        var most = 40 * indexes.Split(' ').Length;
        plan.Buffers.Should().BeLessThan(most, "a page of ten rows begins at its place in the index; {0}", text);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Items_are_found_by_their_keys_one_by_one(string statement, string arguments)
    {
        await using var connection = await FilledAsync();

        var (text, plan) = await ExplainAsync(connection, statement, arguments, "force_generic_plan");

        plan.IndexesOn("items").Should().Equal("pk_items");
        plan.SequentialScansOn("items").Should().BeEmpty();
        plan.RowsSorted.Should().NotContain(rows => rows > 3);
        plan.Buffers.Should().BeLessThan(40, "three items are read; {0}", text);
    }

    /// <summary>Statements that walk over a table in chunks, each from a place in the middle.</summary>
    public static TheoryData<string, string, string> Chunks => new()
    {
        { nameof(Statements.ItemsDeleteChunk), $"TABLE_ID, 10, {Zero}, '\\x00002710'::bytea", "pk_items" },
        { nameof(Statements.ItemsDeleteChunk), $"0, 10, {Zero}, ''::bytea", "pk_items" },
        { nameof(Statements.IndexEntriesDeleteChunk), $"1, 10, {Zero}, '\\x00002710'::bytea", "pk_index_entries" },
        { nameof(Statements.IndexEntriesDeleteChunk), $"2, 10, {Zero}, ''::bytea", "pk_index_entries" },
        { nameof(Statements.IndexBackfillEnqueueChunk), $"1, TABLE_ID, {Zero}, '\\x00002710'::bytea, 10", "pk_items" },
    };

    [Theory]
    [MemberData(nameof(Chunks))]
    public async Task Chunk_is_found_by_its_place_in_the_index_also_when_it_is_empty(
        string statement, string arguments, string index)
    {
        await using var connection = await FilledAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync(connection, Statements.BatchBegin);

        var (text, plan) = await ExplainAsync(connection, statement, arguments, "force_generic_plan");
        await transaction.RollbackAsync();

        plan.IndexesOn("items").Concat(plan.IndexesOn("index_entries")).Should().Contain(index);
        plan.SequentialScansOn("items", "index_entries").Should().BeEmpty();
        plan.RowsSorted.Should().OnlyContain(rows => rows <= 10);
        plan.Buffers.Should().BeLessThan(300, "ten rows are found and written; {0}", text);
    }

    private static string Part(int segment) => $"'{segment:x}0000000-0000-0000-0000-000000000000'::uuid";

    private async Task<NpgsqlConnection> FilledAsync()
    {
        if (await Host.CountAsync("tables") == 0)
        {
            await Host.CreateAsync(OperationsTable.Of("Hash:S Sort:B"));
        }

        var connection = await Host.OpenAsync();
        await RunAsync(connection, $"""
            DO $$
            BEGIN
                IF NOT EXISTS (SELECT FROM extenddb.items) THEN
                    ALTER TABLE extenddb.items SET (autovacuum_enabled = false);
                    ALTER TABLE extenddb.index_entries SET (autovacuum_enabled = false);
                    ANALYZE extenddb.items, extenddb.index_entries;
                    INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version)
                    SELECT t.id, partition, int4send(i), '{DocumentOfTen}', 10, 1
                    FROM extenddb.tables t, generate_series(1, 40000) i,
                        LATERAL (SELECT CASE WHEN i % 2 = 0 THEN {Zero} ELSE md5(i::text)::uuid END) p (partition);
                    INSERT INTO extenddb.index_entries
                        (index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes)
                    SELECT 1, partition_hash, sort_key, {Zero},
                           CASE WHEN get_byte(sort_key, 3) % 4 = 0 THEN int4send(1000) ELSE sort_key END, document, 10
                    FROM extenddb.items;
                END IF;
            END
            $$;
            """);
        if (analyzed)
        {
            await RunAsync(connection, "ANALYZE extenddb.items, extenddb.index_entries");
        }

        return connection;
    }

    private const string DocumentOfTen = """{"A":{"S":"x"}}""";

    /// <summary>Explains a statement as Npgsql prepares it; the plan must be good without knowing the values.</summary>
    private static async Task<(string Text, Plan Plan)> ExplainAsync(
        NpgsqlConnection connection, string statement, string arguments, string mode)
    {
        var text = (string)typeof(Statements).GetField(statement)!.GetValue(null)!;
        await using var tables = new NpgsqlCommand("SELECT id FROM extenddb.tables", connection);
        var id = await tables.ExecuteScalarAsync();
        await RunAsync(connection, $"SET plan_cache_mode = {mode}");
        await RunAsync(connection, $"PREPARE planned AS {text}");
        await using var explain = new NpgsqlCommand(
            "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) "
            + $"EXECUTE planned({arguments.Replace("TABLE_ID", $"{id}", StringComparison.Ordinal)})",
            connection);
        var json = (string)(await explain.ExecuteScalarAsync())!;
        await RunAsync(connection, "DEALLOCATE planned");
        return (json, new(JsonDocument.Parse(json).RootElement[0].GetProperty("Plan")));
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>With statistics that tell how many rows there are.</summary>
public sealed class AnalyzedQueryPlanTests(OperationsFixture database) : QueryPlanTests(database, analyzed: true);

/// <summary>With the statistics of tables that were empty a moment ago.</summary>
public sealed class UnanalyzedQueryPlanTests(OperationsFixture database) : QueryPlanTests(database, analyzed: false);
