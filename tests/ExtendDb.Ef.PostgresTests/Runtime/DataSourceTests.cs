using System.Collections.Concurrent;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Runtime;

/// <summary>Where connections come from, and with what password.</summary>
public class DataSourceTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    private static readonly AttributeMap Song = new() { ["Id"] = "1", ["Kind"] = "k" };

    private string WithoutPassword => new NpgsqlConnectionStringBuilder(fixture.ConnectionString)
    {
        Password = null,
        ApplicationName = $"sources {Guid.NewGuid():N}",
    }.ConnectionString;

    private string Password => new NpgsqlConnectionStringBuilder(fixture.ConnectionString).Password!;

    [Fact]
    public async Task Only_the_asynchronous_password_provider_is_asked()
    {
        var asked = 0;
        var host = Build(services => services.AddExtendDb(WithoutPassword, source => source.UsePasswordProvider(
            _ => throw new NotSupportedException("The token is rotated asynchronously."),
            (_, _) =>
            {
                Interlocked.Increment(ref asked);
                return new(Password);
            })));

        await RunAsync(host);

        asked.Should().BePositive();
    }

    [Fact]
    public async Task Password_is_asked_again_for_each_physical_connection()
    {
        var passwords = new ConcurrentQueue<string>([Password, Password]);
        var host = Build(services => services.AddExtendDb(
            WithoutPassword + ";Pooling=false",
            source => source.UsePasswordProvider(
                _ => throw new NotSupportedException(),
                (_, _) => new(passwords.TryDequeue(out var password) ? password : "rotated"))));

        await host.StartAsync();
        var use = async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await host.Services.GetRequiredService<IExtendDb>().ListTablesAsync(new());
            }
        };

        await use.Should().ThrowAsync<PostgresException>("a password that was frozen would go on working")
            .Where(refused => refused.SqlState == PostgresErrorCodes.InvalidPassword);
        await host.StopAsync();
    }

    [Fact]
    public async Task Initializer_of_connections_runs_on_all_of_them()
    {
        var connectionString = WithoutPassword + $";Password={Password}";
        var host = Build(services => services.AddExtendDb(connectionString, source => source.UsePhysicalConnectionInitializer(
            static connection => Execute(connection),
            static connection =>
            {
                Execute(connection);
                return Task.CompletedTask;
            })));

        await RunAsync(host, async () =>
        {
            await using var connection = new NpgsqlConnection(fixture.ConnectionString);
            await connection.OpenAsync();
            (await Sql.ScalarAsync(
                connection,
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1",
                new NpgsqlConnectionStringBuilder(connectionString).ApplicationName!)).Should().Be(0L);
            (await Sql.ScalarAsync(
                connection, "SELECT count(*) > 1 FROM pg_stat_activity WHERE application_name = 'initialized'"))
                .Should().Be(true);
        });

        static void Execute(NpgsqlConnection connection)
        {
            using var command = new NpgsqlCommand("SET application_name = 'initialized'", connection);
            command.ExecuteNonQuery();
        }
    }

    [Fact]
    public async Task One_data_source_serves_contexts_and_background()
    {
        await using var source = NpgsqlDataSource.Create(fixture.ConnectionString);
        var host = Build(services => services.AddExtendDb(source));

        await RunAsync(host);

        await using var connection = await source.OpenConnectionAsync();
        connection.State.Should().Be(System.Data.ConnectionState.Open, "the data source stays its owner's");
    }

    [Fact]
    public async Task Of_two_data_sources_the_second_serves_the_background()
    {
        await using var source = NpgsqlDataSource.Create(fixture.ConnectionString);
        var builder = new NpgsqlDataSourceBuilder(fixture.ConnectionString);
        builder.ConnectionStringBuilder.ApplicationName = "behind";
        await using var background = builder.Build();
        var host = Build(services => services.AddExtendDb(source, background));

        await RunAsync(host, async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            (await Sql.ScalarAsync(
                connection, "SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = 'behind'")).Should().Be(true);
        });
    }

    [Fact]
    public async Task Context_of_the_users_own_uses_the_data_source_of_the_services()
    {
        await using var source = NpgsqlDataSource.Create(fixture.ConnectionString);
        var host = Build(services => services.AddSingleton(source)
            .AddExtendDb<OperationsCatalogContext>((_, options) => options.UseNpgsql()));

        await RunAsync(host);
    }

    [Fact]
    public async Task Context_whose_data_source_EF_builds_is_given_background_connections_built_alike()
    {
        var connectionString = WithoutPassword;
        var host = Build(services => services.AddExtendDb<OperationsCatalogContext>((_, options) => options.UseNpgsql(
            connectionString,
            npgsql => npgsql.ConfigureDataSource(source => source.UsePasswordProvider(_ => Password, (_, _) => new(Password))))));

        await RunAsync(host);
    }

    [Fact]
    public async Task Password_that_a_connection_interceptor_sets_works_with_a_data_source_for_the_background()
    {
        var connectionString = WithoutPassword;
        var host = Build(services => services.AddExtendDb<OperationsCatalogContext>(
            (_, options) => options.UseNpgsql(connectionString).AddInterceptors(new PasswordSetter(Password)),
            backgroundDataSource: _ => NpgsqlDataSource.Create(fixture.ConnectionString)));

        await RunAsync(host);
    }

    private static IHost Build(Action<IServiceCollection> configure) => OperationsHost.Build("test", configure);

    private static async Task RunAsync(IHost host, Func<Task>? look = null)
    {
        await host.StartAsync();
        var db = host.Services.GetRequiredService<IExtendDb>();
        var table = OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S");
        await db.CreateTableAsync(table);
        await db.PutItemAsync(new(table.TableName, Song));
        await Waiting.UntilAsync(
            async () => (await db.ScanAsync(new(table.TableName) { IndexName = "ByKind" })).Items.Count == 1, "the item is in the index");
        await (look?.Invoke() ?? Task.CompletedTask);
        await host.StopAsync();
        host.Dispose();
    }

    private sealed class PasswordSetter(string password) : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            System.Data.Common.DbConnection connection,
            ConnectionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default)
        {
            connection.ConnectionString = new NpgsqlConnectionStringBuilder(connection.ConnectionString)
            {
                Password = password,
            }.ConnectionString;
            return new(result);
        }
    }
}
