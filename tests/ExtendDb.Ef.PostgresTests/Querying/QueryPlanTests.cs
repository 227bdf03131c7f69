using System.Globalization;
using ExtendDb.Ef.Sql;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Querying;

/// <summary>Every page is read from its index, in the order of the index, and only as far as the page goes.</summary>
public class QueryPlanTests(ExtendDbFixture database) : OperationsTests(database)
{
    private const string Some = "'\\x00000500'::bytea";
    private static readonly string All = $"'\\x{string.Concat(Enumerable.Repeat("FF", 1025))}'::bytea";

    public static TheoryData<string, string> Pages => new()
    {
        { nameof(Statements.ItemsQueryForward), "pk_items" },
        { nameof(Statements.ItemsQueryBackward), "pk_items" },
        { nameof(Statements.ItemsScan), "pk_items" },
        { nameof(Statements.IndexEntriesQueryForward), "ix_index_entries_query" },
        { nameof(Statements.IndexEntriesQueryBackward), "ix_index_entries_query" },
        { nameof(Statements.IndexEntriesScan), "pk_index_entries" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_is_read_from_its_index_without_sorting(string statement, string index)
    {
        await using var connection = await FilledAsync();

        var plan = await ExplainAsync(connection, statement);

        plan.Should().Contain(index).And.NotContain("Sort  (").And.NotContain("Seq Scan").And.NotContain("Bitmap");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_reads_few_buffers_wherever_it_begins(string statement, string index)
    {
        await using var connection = await FilledAsync();

        var plan = await ExplainAsync(connection, statement);

        index.Should().NotBeEmpty();
        BuffersOf(plan).Should().BeLessThan(40, "a page of ten rows begins at its place in the index; {0}", plan);
    }

    private async Task<NpgsqlConnection> FilledAsync()
    {
        if (await Host.CountAsync("tables") == 0)
        {
            await Host.CreateAsync(OperationsTable.Of("Hash:S Sort:B"));
        }

        var connection = await Host.OpenAsync();
        await RunAsync(connection, """
            DO $$
            BEGIN
                IF NOT EXISTS (SELECT FROM extenddb.items) THEN
                    INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version)
                    SELECT t.id, lpad((i % 2)::text, 32, '0')::uuid, int4send(i), '{"A":{"S":"x"}}', 10, 1
                    FROM extenddb.tables t, generate_series(1, 20000) i;
                    INSERT INTO extenddb.index_entries
                        (index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes)
                    SELECT 1, lpad((i % 2)::text, 32, '0')::uuid, int4send(i), lpad('0', 32, '0')::uuid,
                           CASE WHEN i % 4 = 0 THEN int4send(1000) ELSE int4send(i) END, '{"A":{"S":"x"}}', 10
                    FROM generate_series(1, 20000) i;
                END IF;
            END
            $$;
            ANALYZE extenddb.items;
            ANALYZE extenddb.index_entries;
            """);
        return connection;
    }

    private static async Task<string> ExplainAsync(NpgsqlConnection connection, string statement)
    {
        const string Zero = "'00000000-0000-0000-0000-000000000000'::uuid";
        var name = statement.ToLowerInvariant();
        var text = (string)typeof(Statements).GetField(statement)!.GetValue(null)!;
        var id = await ScalarAsync(connection, "SELECT id FROM extenddb.tables");
        var arguments = statement switch
        {
            "ItemsScan" => $"{id}, {Zero}, '\\x00002710'::bytea, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid, 10",
            "IndexEntriesScan" => $"1, {Zero}, '\\x00002710'::bytea, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid, 10",
            "ItemsQueryForward" or "ItemsQueryBackward" => $"{id}, {Zero}, {Some}, {All}, 10",
            "IndexEntriesQueryForward" => $"1, {Zero}, ''::bytea, {All}, '\\x000003E8'::bytea, {Zero}, '\\x00002710'::bytea, 10",
            _ => $"1, {Zero}, ''::bytea, {All}, '\\x000003E8'::bytea, {Zero}, '\\x00002710'::bytea, 10",
        };

        // As Npgsql prepares it after some executions: the plan must be good without knowing the values.
        await RunAsync(connection, "SET plan_cache_mode = force_generic_plan");
        await RunAsync(connection, $"PREPARE {name} AS {text}");
        await using var command = new NpgsqlCommand($"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) EXECUTE {name}({arguments})", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Returns the buffers of the topmost node, which are those of the whole plan.</summary>
    private static int BuffersOf(string plan)
    {
        var line = plan.Split('\n').First(l => l.Contains("Buffers:", StringComparison.Ordinal));
        return line.Split(' ').Where(w => w.StartsWith("hit=", StringComparison.Ordinal) || w.StartsWith("read=", StringComparison.Ordinal))
            .Sum(w => int.Parse(w.Split('=')[1], CultureInfo.InvariantCulture));
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
