using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>What one process of an application would be: services, a connection pool, definitions and wake-ups of its own.</summary>
internal sealed class PropagationHost : IAsyncDisposable
{
    private static int _count;

    private readonly ServiceProvider _services;
    private bool _stopped;

    private PropagationHost(ServiceProvider services, string connectionString, string applicationName)
    {
        _services = services;
        ConnectionString = connectionString;
        ApplicationName = applicationName;
        Db = services.GetRequiredService<IExtendDb>();
        Database = services.GetRequiredService<ExtendDbRuntime>();
    }

    public string ConnectionString { get; }

    /// <summary>Gets the name of its connections in pg_stat_activity, which no other host has.</summary>
    public string ApplicationName { get; }

    public IExtendDb Db { get; }

    public ExtendDbRuntime Database { get; }

    /// <summary>Starts a process with a worker.</summary>
    public static Task<PropagationHost> StartAsync(
        string connectionString, Action<ExtendDbOptions>? configure = null, TimeProvider? time = null) =>
        StartAsync(connectionString, worker: true, configure, time);

    /// <summary>Starts a process that applies nothing by itself, except what it writes without delay.</summary>
    public static Task<PropagationHost> StartWithoutWorkerAsync(
        string connectionString, Action<ExtendDbOptions>? configure = null, TimeProvider? time = null) =>
        StartAsync(connectionString, worker: false, configure, time);

    public ExtendDbContext CreateContext() =>
        _services.GetRequiredService<IDbContextFactory<ExtendDbContext>>().CreateDbContext();

    /// <summary>Stops the worker as a host does, and returns how long that took.</summary>
    public async Task<TimeSpan> StopAsync()
    {
        _stopped = true;
        var began = TimeProvider.System.GetTimestamp();
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        return TimeProvider.System.GetElapsedTime(began);
    }

    /// <summary>Applies one batch of due markers here and now.</summary>
    public Task<BatchOutcome> ApplyAsync() => Database.Batches.ApplyDueAsync(new BatchSizer(4_000), CancellationToken.None);

    public Task PutAsync(string table, AttributeMap item) => Db.PutItemAsync(new(table, item));

    public Task DeleteAsync(string table, string id) => Db.DeleteItemAsync(new(table, new() { ["Id"] = id }));

    /// <summary>Returns all entries of an index with one partition key.</summary>
    public async Task<IReadOnlyList<AttributeMap>> QueryAsync(
        string table, string index, string hashName, AttributeValue hash)
    {
        var items = new List<AttributeMap>();
        AttributeMap? start = null;
        do
        {
            var page = await Db.QueryAsync(new QueryRequest(table)
            {
                KeyConditions = new Dictionary<string, Condition> { [hashName] = Condition.EqualTo(hash) },
                IndexName = index,
                ExclusiveStartKey = start,
            });
            items.AddRange(page.Items);
            start = page.LastEvaluatedKey;
        }
        while (start is not null);

        return items;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            await StopAsync();
        }

        await _services.DisposeAsync();
        using var pooled = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(pooled);
    }

    private static async Task<PropagationHost> StartAsync(
        string connectionString, bool worker, Action<ExtendDbOptions>? configure, TimeProvider? time)
    {
        var number = Interlocked.Increment(ref _count);
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = $"host-{number}" };
        if (!connectionString.Contains("Maximum Pool Size", StringComparison.OrdinalIgnoreCase))
        {
            builder.MaxPoolSize = 25;
        }

        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(time ?? TimeProvider.System)
            .AddExtendDb(builder.ConnectionString, options =>
            {
                options.Propagation.Enabled = worker;
                configure?.Invoke(options);
            }).Services
            .BuildServiceProvider();
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        return new(services, builder.ConnectionString, builder.ApplicationName!);
    }
}
