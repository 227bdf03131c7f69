using System.Collections.Concurrent;
using System.Net;
using System.Text;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.ServerTests.Protocol;

public sealed class RequestFuzzTests(WireServer server, ITestOutputHelper output) : IClassFixture<WireServer>
{
    private const string Variable = "EXTENDDB_FUZZ_REQUESTS";
    private const int Usual = 4_000;
    private const int AtOnce = 4;

    [Fact]
    public async Task Requests_that_are_to_be_spoilt_are_good()
    {
        var requests = await GoodRequests.OfAsync(server.Http, await server.CreateTableAsync());

        var refused = new List<string>();
        foreach (var (operation, json) in requests)
        {
            var answer = await server.Http.CallAsync(operation, json);
            if (answer.Status != HttpStatusCode.OK && !json.Contains("not.", StringComparison.Ordinal))
            {
                refused.Add($"{operation} {json} gave {answer}");
            }
        }

        refused.Should().BeEmpty();
    }

    [Fact]
    public async Task Whatever_a_body_holds_is_answered_or_refused_and_never_an_error_of_the_server()
    {
        var random = SeededRandom.Printed(output);
        var requests = await GoodRequests.OfAsync(server.Http, await server.CreateTableAsync());
        var log = new RecordedLog();
        await using var app = await WireServer.StartAsync(
            server.ConnectionString, keys: null, builder => builder.Logging.AddProvider(log));
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        var mutants = Enumerable.Range(0, Count()).Select(_ => Mutant(requests, random)).ToList();

        var broken = new ConcurrentDictionary<string, string>();
        await Parallel.ForEachAsync(mutants, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (mutant, _) =>
        {
            var answer = await http.CallAsync(mutant.Operation, mutant.Body);
            if (!IsAnswerOrRefusal(answer))
            {
                broken.TryAdd($"{mutant.Operation} {answer}", Encoding.UTF8.GetString(mutant.Body));
            }
        });

        output.WriteLine(string.Join('\n', log.Failures));
        broken.Should().BeEmpty();
        (await http.CallAsync("ListTables", "{}")).Status.Should().Be(HttpStatusCode.OK);
    }

    private static (string Operation, byte[] Body) Mutant(IReadOnlyList<(string Operation, string Json)> requests, Random random)
    {
        var (operation, json) = requests[random.Next(requests.Count)];
        var (_, other) = requests[random.Next(requests.Count)];
        return (operation, RequestMutations.Mutant(json, other, random));
    }

    private static bool IsAnswerOrRefusal(WireAnswer answer) =>
        answer.Status == HttpStatusCode.OK ? answer.Type is null
        : answer.Status == HttpStatusCode.BadRequest && answer.Type is not null && answer.Message is not null;

    private static int Count() => TestVariable.Number(Variable, otherwise: Usual);
}
