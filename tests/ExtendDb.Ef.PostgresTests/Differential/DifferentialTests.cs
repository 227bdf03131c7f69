using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Differential.Known;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>The library answers as DynamoDB Local does, but for known differences, whatever it is asked.</summary>
/// <remarks>
/// EXTENDDB_DYNAMODB_LOCAL names the folder of DynamoDBLocal.jar; without it there is nothing to compare with.
/// EXTENDDB_DIFFERENTIAL_STEPS says how many requests, EXTENDDB_TEST_SEED repeats a run.
/// </remarks>
public class DifferentialTests(DifferentialFixture both, ITestOutputHelper output) : IClassFixture<DifferentialFixture>
{
    private const int LevelEvery = 25;
    private const int MaxShown = 20;

    [ReferenceFact]
    public async Task Random_requests_are_answered_as_by_the_reference()
    {
        var random = SeededRandom.Printed(output);
        var steps = TestVariable.Number("EXTENDDB_DIFFERENTIAL_STEPS", otherwise: 500);
        output.WriteLine($"and EXTENDDB_DIFFERENTIAL_STEPS={steps}");
        var tables = new ComparedTables();
        var comparison = await both.CompareAsync(tables);

        var unknown = await RunAsync(comparison, new RandomRequests(random, tables.All).Next, steps);
        unknown.ForEach(output.WriteLine);

        unknown.Should().BeEmpty($"no other difference is known (seed {random.Seed})");
    }

    [ReferenceFact]
    public async Task Random_statements_are_answered_as_by_the_reference()
    {
        var random = SeededRandom.Printed(output);
        var steps = TestVariable.Number("EXTENDDB_DIFFERENTIAL_STATEMENTS", otherwise: 1_000);
        output.WriteLine($"and EXTENDDB_DIFFERENTIAL_STATEMENTS={steps}");
        var tables = new ComparedTables();
        var comparison = await both.CompareAsync(tables);

        var unknown = await RunAsync(comparison, new RandomStatements(random, tables.All).Next, steps);
        unknown.ForEach(output.WriteLine);

        unknown.Should().BeEmpty($"no other difference is known (seed {random.Seed})");
    }

    public static TheoryData<string> Known() => [.. KnownDifferences.All.Select(known => known.Name)];

    [ReferenceTheory, MemberData(nameof(Known))]
    public async Task Known_difference_still_occurs(string name)
    {
        var known = KnownDifferences.All.Single(each => each.Name == name);
        var tables = new ComparedTables();
        var comparison = await both.CompareAsync(tables);
        var requests = known.Example(tables);
        foreach (var request in requests.SkipLast(1))
        {
            (await comparison.StepAsync(0, request)).Should().BeNull("both sides prepare the example alike");
        }

        var difference = await comparison.StepAsync(0, requests[^1]);

        difference.Should().NotBeNull("{0}", known);
        var found = KnownDifferences.Of(difference!);
        (found?.Name).Should().Be(name, "this is what differs: {0}", difference);
    }

    public static TheoryData<string> Spelled() => [.. Spellings.All.Select(spelling => spelling.Name)];

    [ReferenceTheory, MemberData(nameof(Spelled))]
    public async Task Known_spelling_still_occurs(string name)
    {
        var spelling = Spellings.All.Single(each => each.Name == name);
        var tables = new ComparedTables();
        var comparison = await both.CompareAsync(tables);
        var key = new AttributeMap { ["p"] = "a" };
        var update = new UpdateItemRequest(tables.Simple.Name, key)
        {
            UpdateExpression = spelling.Update,
            ExpressionAttributeValues = spelling.Values,
        };
        (await comparison.StepAsync(0, update)).Should().BeNull("both sides store the same");

        var (ours, theirs) = await comparison.ReadAsync(tables.Simple, key);

        WireJson.Canonical(theirs).Should().NotBe(WireJson.Canonical(ours));
        WireJson.Canonical(Spellings.Level(theirs, spelling)).Should().Be(WireJson.Canonical(ours));
    }

    private async Task<List<string>> RunAsync(Comparison comparison, Func<object> next, int steps)
    {
        var unknown = new List<string>();
        var known = new Dictionary<string, int>();
        for (var step = 0; step < steps && unknown.Count < MaxShown; step++)
        {
            var difference = await comparison.StepAsync(step, next());
            if (difference is null)
            {
                if (step % LevelEvery == 0)
                {
                    unknown.AddRange((await comparison.LevelAsync()).Select(d => $"after step {step}: {d}"));
                }

                continue;
            }

            if (KnownDifferences.Of(difference) is { } why)
            {
                known[why.Name] = known.GetValueOrDefault(why.Name) + 1;
            }
            else
            {
                unknown.Add(difference.ToString());
            }

            await comparison.LevelAsync();
        }

        foreach (var (reason, times) in known.OrderByDescending(k => k.Value))
        {
            output.WriteLine($"{times,5} × {reason}");
        }

        return unknown;
    }
}
