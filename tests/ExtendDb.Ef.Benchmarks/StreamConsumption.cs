using System.Diagnostics;
using System.Globalization;
using ExtendDb.Ef.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>Lets one consumer handle a stream from its beginning; its effect is one write for each call of the handler.</summary>
internal static class StreamConsumption
{
    private const string Table = "Totals";
    private static readonly AttributeMap Total = new() { ["Id"] = "all" };

    /// <summary>Starts the consumer, and ends it when its total is that of the stream.</summary>
    /// <param name="connectionString">The database, to which nobody writes meanwhile.</param>
    /// <param name="extendDb">The same database.</param>
    /// <param name="table">The table with the stream.</param>
    /// <param name="records">How many records the stream has.</param>
    /// <exception cref="InvalidOperationException">The consumer handled a record twice.</exception>
    public static async Task<Reading> RunAsync(
        string connectionString, IExtendDb extendDb, string table, int records, CancellationToken cancellationToken)
    {
        await extendDb.CreateTableAsync(
            new(Table, [new("Id", KeyType.HASH)], [new("Id", AttributeType.S)]), cancellationToken);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services
            .AddExtendDb(connectionString, options => options.Propagation.Enabled = false)
            .AddStreamConsumer<Counting>("total", options => options.Table(table));
        using var host = builder.Build();
        var began = Stopwatch.GetTimestamp();
        await host.StartAsync(cancellationToken);
        await Waiting.UntilAsync(
            async () => await HandledAsync(extendDb, cancellationToken) >= records, "the consumer is at the end", cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(began);
        await host.StopAsync(cancellationToken);
        var handled = await HandledAsync(extendDb, cancellationToken);
        return handled == records
            ? new(records, records / elapsed.TotalSeconds)
            : throw new InvalidOperationException($"The consumer handled {handled} of {records} records.");
    }

    private static async Task<int> HandledAsync(IExtendDb extendDb, CancellationToken cancellationToken) =>
        (await extendDb.GetItemAsync(new(Table, Total) { ConsistentRead = true }, cancellationToken)).Item is { } total
            ? int.Parse(((AttributeValue.N)total["Records"]).Value.ToString(), CultureInfo.InvariantCulture)
            : 0;

    private sealed class Counting : IStreamHandler<ExtendDbContext>
    {
        public Task HandleAsync(
            IReadOnlyList<StreamRecord> records, ExtendDbContext context, CancellationToken cancellationToken) =>
            context.ExtendDb().UpdateItemAsync(
                new(Table, Total)
                {
                    UpdateExpression = "ADD Records :records",
                    ExpressionAttributeValues = new AttributeMap { [":records"] = records.Count },
                },
                cancellationToken);
    }
}
