using System.Diagnostics;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Telemetry;

public class FailedBatchSpanTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Batch_that_fails_is_a_span_with_its_error()
    {
        await using var host = await QueueCounterTests.RefusingAsync(fixture.ConnectionString, Tables.Short);
        await host.PutAsync("Refusing", Tables.Item("one", 1));
        using var spans = new Spans(host.Database.Name);

        await Waiting.UntilAsync(
            async () =>
            {
                try
                {
                    await host.ApplyAsync();
                    return false;
                }
                catch (PostgresException)
                {
                    return true;
                }
            },
            "the batch fails");

        var span = spans.Ended.Should().ContainSingle(s => s.OperationName == "apply markers").Subject;
        (span.Status, span.GetTagItem("error.type")).Should().Be((ActivityStatusCode.Error, nameof(PostgresException)));
    }
}
