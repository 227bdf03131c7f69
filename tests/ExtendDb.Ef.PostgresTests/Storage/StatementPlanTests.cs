using ExtendDb.Ef.Storage.Sql;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Storage;

/// <summary>Every statement finds its rows by its indexes, wherever they are, and whatever the statistics say.</summary>
public class StatementPlanTests(FilledDatabases databases) : IClassFixture<FilledDatabases>
{
    // The largest page, chunk or range here has a hundred rows, of which an item and an entry are sorted to be compared.
    private const int MostRowsSorted = 200;

    /// <summary>What the planner knows of the tables.</summary>
    public enum Statistics
    {
        /// <summary>No statistics were taken since the tables were made.</summary>
        OfNewTables,

        /// <summary>Statistics were taken when the tables had pages, but no rows: a queue that was drained.</summary>
        OfEmptiedTables,

        /// <summary>Statistics were taken of all rows.</summary>
        OfAllRows,
    }

    /// <summary>Gets the names of the plans, with each kind of statistics and of plan.</summary>
    /// <remarks>Npgsql prepares the statements, and PostgreSQL chooses between the two kinds of plan.</remarks>
    public static TheoryData<string, Statistics, string> Plans
    {
        get
        {
            var plans = new TheoryData<string, Statistics, string>();
            foreach (var plan in StatementPlans.All)
            {
                foreach (var statistics in Enum.GetValues<Statistics>()
                    .Except(StatementPlans.Misled.Contains(plan.File) ? [Statistics.OfEmptiedTables] : []))
                {
                    plans.Add(plan.Name, statistics, "force_generic_plan");
                    plans.Add(plan.Name, statistics, "force_custom_plan");
                }
            }

            return plans;
        }
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Statement_finds_its_rows_by_its_indexes_in_few_buffers(
        string name, Statistics statistics, string mode)
    {
        var expected = StatementPlans.All.Single(p => p.Name == name);

        var plan = await ExplainAsync(expected, statistics, mode);

        using var together = new AssertionScope();
        plan.Indexes.Should().BeEquivalentTo(expected.Indexes);
        plan.SequentialScans.Should().NotIntersectWith(FilledDatabases.Tables.Select(t => t.Split('.')[1]));
        plan.RowsSorted.Should().NotContain(rows => rows > MostRowsSorted);
        plan.Buffers.Should().BeLessThanOrEqualTo(expected.MostBuffers, "this is what it costs at its place; {0}", plan);
    }

    [Fact]
    public void Every_statement_has_a_plan_or_a_reason_to_have_none()
    {
        var files = typeof(Statements).Assembly.GetManifestResourceNames()
            .Where(file => file.EndsWith(".sql", StringComparison.Ordinal));

        var named = StatementPlans.All.Select(p => p.File).Distinct().Concat(StatementPlans.Unplanned.Keys);

        named.Should().BeEquivalentTo(files);
    }

    [Fact]
    public async Task Statistics_of_the_filled_tables_are_those_of_empty_ones()
    {
        await using var connection = await databases.OpenAsync(analyzed: false);

        var known = await FilledDatabases.ScalarAsync(connection, $"""
            SELECT count(*)
            FROM pg_class
            WHERE oid = ANY (ARRAY['{string.Join("', '", FilledDatabases.Tables)}']::regclass[])
              AND (relpages, reltuples) <> (0, 0)
            """);

        known.Should().Be(0L);
    }

    /// <summary>Runs a prepared statement as the library does, and rolls it back.</summary>
    private async Task<ExplainedPlan> ExplainAsync(StatementPlan plan, Statistics statistics, string mode)
    {
        await using var connection = await databases.OpenAsync(analyzed: statistics == Statistics.OfAllRows);
        await using var transaction = await connection.BeginTransactionAsync();
        if (statistics == Statistics.OfEmptiedTables)
        {
            await FilledDatabases.ScalarAsync(connection, FilledDatabases.Empty);
        }

        await FilledDatabases.ScalarAsync(connection, $"SET LOCAL plan_cache_mode = {mode}");
        if (plan.Settings is not null)
        {
            await FilledDatabases.ScalarAsync(connection, TextOf(plan.Settings));
        }

        await FilledDatabases.ScalarAsync(connection, $"PREPARE planned AS {TextOf(plan.File)}");
        var arguments = plan.Arguments == "" ? "" : $"({plan.Arguments})";
        var text = await FilledDatabases.ScalarAsync(
            connection, $"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) EXECUTE planned {arguments}");
        await FilledDatabases.ScalarAsync(connection, "DEALLOCATE planned");
        await transaction.RollbackAsync();
        return new((string)text!);
    }

    private static string TextOf(string file)
    {
        using var stream = typeof(Statements).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
