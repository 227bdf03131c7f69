using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.PostgresTests.Telemetry;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>What follows the commit of a write, and fails because the role of the writer has no rights on the turns.</summary>
public class PostCommitFailureTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>, IDisposable
{
    // The event that says that what follows a commit has failed.
    private const int NotApplied = 401;
    private readonly RecordedLog _log = new();

    [Fact]
    public async Task Write_whose_immediate_application_fails_succeeds_and_is_counted_and_logged_once()
    {
        await using var other = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(other, "Immediate", TimeSpan.Zero);
        using var host = await StartAsync(await LimitedAsync(other));
        using var readings = new MeterReadings(other.Database.Name);

        for (var i = 0; i < 3; i++)
        {
            await host.Services.GetRequiredService<IExtendDb>().PutItemAsync(new("Immediate", Tables.Item($"item-{i}", i)));
        }

        (await Oracle.PendingAsync(other)).Should().Be(3, "a worker will apply them");
        readings.Values("extenddb.gsi.post_commit_failures").Sum().Should().Be(3);
        _log.MessagesOf(NotApplied).Should().ContainSingle().Which.Should().Contain("have committed");
        await host.StopAsync();
    }

    public void Dispose() => _log.Dispose();

    private static async Task<string> LimitedAsync(PropagationHost owner)
    {
        var role = $"limited_{Guid.NewGuid():N}";
        await Oracle.ScalarAsync(
            owner,
            $"""
            CREATE ROLE {role} LOGIN PASSWORD 'limited';
            GRANT USAGE ON SCHEMA extenddb TO {role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA extenddb TO {role};
            REVOKE UPDATE ON extenddb.gsi_slots FROM {role}
            """);
        return new NpgsqlConnectionStringBuilder(owner.ConnectionString)
        {
            Username = role,
            Password = "limited",
            ApplicationName = role,
        }.ConnectionString;
    }

    private async Task<IHost> StartAsync(string connectionString)
    {
        var host = OperationsHost.Build(connectionString, services => services
            .AddLogging(logging => logging.AddProvider(_log))
            .AddExtendDb(connectionString, options => options.Propagation.Enabled = false));
        await host.StartAsync();
        return host;
    }
}
