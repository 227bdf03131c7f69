using ExtendDb.Ef.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>An application that puts items, with a worker of the default options in its process, or with none anywhere.</summary>
internal sealed class WritingHost : IAsyncDisposable
{
    private static int _lastNew;

    private readonly IHost _host;
    private readonly IExtendDb _extendDb;

    private WritingHost(IHost host)
    {
        _host = host;
        _extendDb = host.Services.GetRequiredService<IExtendDb>();
    }

    /// <param name="bounded">Whether writers are slowed down while the entries are late.</param>
    public static async Task<WritingHost> StartAsync(
        string connectionString, bool worker, CancellationToken cancellationToken, bool bounded = true)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddExtendDb(connectionString, options =>
        {
            options.Propagation.Enabled = worker;

            // Where nobody applies markers writers would be slowed down for that, which is not what is asked.
            options.Backpressure.Mode = worker && bounded ? options.Backpressure.Mode : GsiBackpressure.Off;
        });
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new(host);
    }

    public Task CreateTableAsync(CancellationToken cancellationToken) =>
        IndexedItems.CreateTableAsync(_extendDb, cancellationToken);

    /// <summary>Puts a new item, or, every other time, one over another; all entries of it change.</summary>
    public Task PutAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _lastNew);
        return _extendDb.PutItemAsync(new(IndexedItems.TableName, Item(number)), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static AttributeMap Item(int number) =>
        IndexedItems.Item(number % 2 == 0 ? number : Random.Shared.Next((number / 2) + 1) * 2, Random.Shared);
}
