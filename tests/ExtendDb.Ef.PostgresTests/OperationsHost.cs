using ExtendDb.Ef.Hosting;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExtendDb.Ef.PostgresTests;

/// <summary>
/// An application with AddExtendDb on a database; two of them share nothing, as two processes do.
/// </summary>
internal sealed class OperationsHost : IAsyncDisposable
{
    private readonly IHost _host;

    private OperationsHost(IHost host, string connectionString)
    {
        _host = host;
        ConnectionString = connectionString;
    }

    /// <summary>Gets a connection string that no other host has, so that it has its own cache and pool.</summary>
    public string ConnectionString { get; }

    public IExtendDb Db => _host.Services.GetRequiredService<IExtendDb>();

    public static async Task<OperationsHost> StartAsync(
        string connectionString,
        bool worker = false,
        Action<ExtendDbOptions>? configure = null,
        TimeProvider? time = null)
    {
        var own = Own(connectionString);
        var host = Build(own, services => services.AddSingleton(time ?? TimeProvider.System).AddExtendDb(own, options =>
        {
            options.Propagation.Enabled = worker;
            configure?.Invoke(options);
        }));
        await host.StartAsync();
        return new(host, own);
    }

    /// <summary>As StartAsync, with a context of the user's own; without a worker.</summary>
    public static async Task<OperationsHost> StartAsync<TContext>(
        string connectionString, Action<string, DbContextOptionsBuilder> configureContext)
        where TContext : DbContext
    {
        var own = Own(connectionString);
        var host = Build(own, services => services.AddExtendDb<TContext>(
            (_, builder) => configureContext(own, builder), options => options.Propagation.Enabled = false));
        await host.StartAsync();
        return new(host, own);
    }

    public static string Own(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = $"host {Guid.NewGuid():N}",
        MaxPoolSize = 20,
    }.ConnectionString;

    public ExtendDbContext CreateContext() => CreateContext<ExtendDbContext>();

    public TContext CreateContext<TContext>()
        where TContext : DbContext =>
        _host.Services.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();

    public ExtendDbRuntime Database() => _host.Services.GetRequiredService<ExtendDbRuntime>();

    /// <summary>Creates a table and returns its name.</summary>
    public async Task<string> CreateAsync(CreateTableRequest table) => (await Db.CreateTableAsync(table)).TableDescription.TableName;

    /// <summary>Creates a table and returns its definition.</summary>
    public async Task<TableDefinition> DefineAsync(CreateTableRequest table) =>
        await Db.GetTableDefinitionAsync(await CreateAsync(table));

    public Task PutAsync(string table, AttributeMap item) => Db.PutItemAsync(new(table, item));

    public async Task<AttributeMap?> GetAsync(string table, AttributeMap key) =>
        (await Db.GetItemAsync(new(table, key))).Item;

    /// <summary>Reads all pages of a query.</summary>
    public async Task<List<AttributeMap>> QueryAllAsync(QueryRequest request)
    {
        var items = new List<AttributeMap>();
        var next = request;
        while (true)
        {
            var page = await Db.QueryAsync(next);
            items.AddRange(page.Items);
            if (page.LastEvaluatedKey is null)
            {
                return items;
            }

            next = next with { ExclusiveStartKey = page.LastEvaluatedKey };
        }
    }

    /// <summary>Reads all pages of a scan.</summary>
    public async Task<List<AttributeMap>> ScanAllAsync(ScanRequest request)
    {
        var items = new List<AttributeMap>();
        AttributeMap? start = null;
        do
        {
            var page = await Db.ScanAsync(request with { ExclusiveStartKey = start });
            items.AddRange(page.Items);
            start = page.LastEvaluatedKey;
        }
        while (start is not null);

        return items;
    }

    /// <summary>Applies all markers that are due, or will be within a second, as a worker would.</summary>
    public async Task DrainAsync()
    {
        var database = Database();
        var pace = new BatchSizer(maxBatchSize: 4_000);
        while (await ScalarAsync("SELECT EXISTS (SELECT FROM extenddb.gsi_pending WHERE ready_at < now() + interval '1 s')") is true)
        {
            await database.Batches.ApplyDueAsync(pace, default);
        }
    }

    /// <summary>Returns the markers that wait for a table, oldest first.</summary>
    public async Task<List<GsiPending>> MarkersAsync(TableDefinition table)
    {
        await using var context = CreateContext();
        return await context.GsiPending.AsNoTracking().Where(m => m.TableId == table.Id).OrderBy(m => m.ReadyAt).ToListAsync();
    }

    public async Task<long> CountAsync(string table) => (long)(await ScalarAsync($"SELECT count(*) FROM extenddb.{table}"))!;

    /// <summary>Returns how many rows there are in all tables that a write can touch.</summary>
    public async Task<(long Items, long Markers, long Entries)> RowsAsync() =>
        (await CountAsync("items"), await CountAsync("gsi_pending"), await CountAsync("index_entries"));

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = await OpenAsync();
        return await Sql.ScalarAsync(connection, sql);
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Closes the connections that nobody uses.</summary>
    public async Task CloseIdleConnectionsAsync()
    {
        await using var pooled = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(pooled);
        foreach (var source in _host.Services.GetRequiredService<ExtendDbRegistration>().Owned)
        {
            source.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await using var pooled = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(pooled);
    }

    /// <summary>Builds a host that is not started yet, and logs nothing.</summary>
    public static IHost Build(string connectionString, Action<IServiceCollection> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        configure(builder.Services);
        return builder.Build();
    }
}
