using System.Text.Json;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Whatever a request holds, it is answered or refused in DynamoDB's way, and a refused one leaves nothing behind.</summary>
/// <remarks>EXTENDDB_FUZZ_REQUESTS says how many requests, EXTENDDB_TEST_SEED repeats a run.</remarks>
public class RequestFuzzTests(OperationsFixture database, ITestOutputHelper output) : OperationsTests(database)
{
    private const string Checksum =
        """
        SELECT concat_ws(' ',
            (SELECT count(*) || ':' || coalesce(sum(hashtextextended(r::text, 0)), 0) FROM extenddb.items r),
            (SELECT count(*) || ':' || coalesce(sum(hashtextextended(r::text, 0)), 0) FROM extenddb.index_entries r),
            (SELECT count(*) || ':' || coalesce(sum(hashtextextended(r::text, 0)), 0) FROM extenddb.gsi_pending r),
            (SELECT count(*) || ':' || coalesce(sum(hashtextextended(r::text, 0)), 0) FROM extenddb.transaction_tokens r))
        """;

    [Fact]
    public async Task A_request_is_answered_or_refused_and_then_leaves_nothing()
    {
        var random = SeededRandom.Printed(output);
        var count = TestVariable.Number("EXTENDDB_FUZZ_REQUESTS", otherwise: 300);
        output.WriteLine($"and EXTENDDB_FUZZ_REQUESTS={count}");
        var tables = new ComparedTables().All;
        foreach (var table in tables)
        {
            await Host.CreateAsync(table.Create);
        }

        var (requests, mutations) = (new RandomRequests(random, tables), new Mutations(random));
        var wrong = new List<string>();
        var before = await Host.ScalarAsync(Checksum);
        for (var step = 0; step < count && wrong.Count < 10; step++)
        {
            var request = random.Next(10) == 0 ? requests.Next() : mutations.Of(requests.Next());
            var refused = false;
            try
            {
                await Library.SendAsync(Host.Db, request);
            }
            catch (DynamoDbException refusal) when (refusal is not InternalServerErrorException)
            {
                refused = true;
            }
            catch (Exception other)
            {
                wrong.Add($"step {step}: {Shown(request)}\n  {other}");
            }

            var after = await Host.ScalarAsync(Checksum);
            if (refused && !Equals(before, after))
            {
                wrong.Add($"step {step}: {Shown(request)}\n  was refused, and left {after} where {before} was");
            }

            before = after;
        }

        wrong.Should().BeEmpty($"every request is answered or refused (seed {random.Seed})");
    }

    private static string Shown(object request)
    {
        string text;
        try
        {
            text = WireJson.Of(request).ToJsonString();
        }
        catch (Exception unwritable) when (unwritable is ArgumentException or InvalidOperationException or JsonException)
        {
            text = $"{request} ({unwritable.Message})";
        }

        return Library.OperationOf(request) + " " + text[..Math.Min(text.Length, 3_000)];
    }
}
