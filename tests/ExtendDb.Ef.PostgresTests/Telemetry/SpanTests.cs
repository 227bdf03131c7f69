using System.Diagnostics;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Telemetry;

public sealed class SpanTests(ExtendDbFixture fixture)
    : IClassFixture<ExtendDbFixture>, IAsyncLifetime, IDisposable
{
    private PropagationHost? _host;
    private Spans? _spans;

    private PropagationHost Host => _host!;

    private IReadOnlyCollection<Activity> Ended => _spans!.Ended;

    public async Task InitializeAsync()
    {
        _host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(Host, "Traced", Tables.Short);
        _spans = new(Host.Database.Name);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    public void Dispose() => _spans?.Dispose();

    [Fact]
    public async Task Operation_is_a_span_by_its_name()
    {
        await Host.PutAsync("Traced", Tables.Item("secret-key", 1));

        var span = Ended.Should().ContainSingle().Subject;
        (span.OperationName, span.Status).Should().Be(("PutItem", ActivityStatusCode.Unset));
        span.TagObjects.Should().BeEquivalentTo(new Dictionary<string, object?>
        {
            ["db.namespace"] = Host.Database.Name,
            ["db.operation.name"] = "PutItem",
        });
    }

    [Fact]
    public async Task Operation_that_is_refused_is_a_span_with_its_error()
    {
        var get = () => Host.Db.GetItemAsync(new("NoSuchTable", new() { ["Id"] = "secret-key" }));

        await get.Should().ThrowAsync<ResourceNotFoundException>();

        var span = Ended.Should().ContainSingle().Subject;
        (span.OperationName, span.Status, span.GetTagItem("error.type"))
            .Should().Be(("GetItem", ActivityStatusCode.Error, "ResourceNotFoundException"));
    }

    [Fact]
    public async Task Batch_is_a_span_with_its_markers_and_entries()
    {
        await Host.PutAsync("Traced", Tables.Item("secret-key", 1));

        await Oracle.ApplyAllAndExactAsync(Host);

        var span = Ended.Should().ContainSingle(s => s.OperationName == "apply markers").Subject;
        (span.Kind, span.Status).Should().Be((ActivityKind.Consumer, ActivityStatusCode.Unset));
        span.TagObjects.Should().BeEquivalentTo(new Dictionary<string, object?>
        {
            ["db.namespace"] = Host.Database.Name,
            ["extenddb.gsi.markers"] = 1,
            ["extenddb.gsi.entries"] = 1,
        });
    }

    [Fact]
    public async Task Look_that_finds_nothing_due_is_no_span()
    {
        await Host.ApplyAsync();

        Ended.Should().BeEmpty();
    }
}
