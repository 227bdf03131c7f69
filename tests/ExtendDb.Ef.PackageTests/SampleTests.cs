using System.Net;
using System.Net.Http.Json;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PackageTests;

/// <summary>The samples, built from the packages and run.</summary>
[Collection(PackageCollection.Name)]
public sealed class SampleTests(LocalFeed feed, ExtendDbFixture database)
{
    [Fact]
    public async Task Minimal_API_writes_orders_and_stock_together()
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        await BuildAsync("MinimalApi");
        await using var sample = await StartAsync("MinimalApi", "      Now listening on", ("ASPNETCORE_URLS", url.ToString()));
        using var http = new HttpClient { BaseAddress = url };

        using var stocked = await http.PutAsJsonAsync("stock/Chair", new { Product = "Chair", Category = "Furniture", Pieces = 3 });
        using var taken = await http.PostAsJsonAsync("orders", new { Product = "Chair", Quantity = 2 });
        using var refused = await http.PostAsJsonAsync("orders", new { Product = "Chair", Quantity = 2 });

        (stocked.StatusCode, taken.StatusCode, refused.StatusCode).Should()
            .Be((HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Conflict));
        (await http.GetStringAsync(new Uri("items/Chair", UriKind.Relative))).Should().Contain("""
            "Pieces":{"N":"1"}
            """);
        await Waiting.UntilAsync(
            async () => await http.GetStringAsync(new Uri("stock?category=Furniture", UriKind.Relative))
                == """[{"product":"Chair","category":"Furniture","pieces":1}]""",
            "the index has the stock");
    }

    [Fact]
    public async Task Worker_service_starts_and_ends_when_it_is_told_to()
    {
        await BuildAsync("IndexWorker");
        await using var sample = await StartAsync("IndexWorker", "      Application started.");

        sample.Terminate();

        (await sample.ExitCodeAsync()).Should().Be(0, sample.Errors);
    }

    [Fact]
    public async Task AWS_SDK_in_process_reads_what_it_has_saved()
    {
        await BuildAsync("AwsSdk");
        await using var sample = await StartAsync("AwsSdk", readyLine: null);

        (await sample.ExitCodeAsync()).Should().Be(0, sample.Errors);
        sample.Output.Should().Contain("Fratres, 1977");
    }

    [Fact]
    public async Task Tests_of_a_user_pass()
    {
        var said = await Dotnet.RunAsync(feed.Samples, feed.Environment, "run", "--project", "Tests");

        said.Should().MatchRegex("Total: 2, Errors: 0, Failed: 0, Skipped: 0");
    }

    private Task<string> BuildAsync(string sample) => Dotnet.RunAsync(feed.Samples, feed.Environment, "build", sample);

    private async Task<ChildProgram> StartAsync(string sample, string? readyLine, params (string Name, string Value)[] variables)
    {
        // A database of its own, without a schema: the sample migrates it.
        var environment = feed.Environment.Append(
            new("ConnectionStrings__Shop", await database.CreateDatabaseAsync(migrated: false)));
        var program = ChildProgram.Start(
            Dotnet.Start(
                Path.Combine(feed.Samples, sample),
                environment.Concat(variables.Select(each => KeyValuePair.Create(each.Name, each.Value))).ToDictionary(),
                [Path.Combine("bin", "Debug", "net10.0", $"{sample}.dll")]),
            readyLine);
        if (readyLine is not null)
        {
            await program.ReadyAsync();
        }

        return program;
    }
}
