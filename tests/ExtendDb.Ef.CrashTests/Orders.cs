using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.CrashTests;

/// <summary>A table with three global indexes that this process writes and other processes keep up to date.</summary>
internal sealed class Orders : IAsyncDisposable
{
    public const string Table = "Orders";

    private readonly string _connectionString;

    private Orders(string connectionString)
    {
        _connectionString = connectionString;
        Context = new ExtendDbContext(
            (DbContextOptions<ExtendDbContext>)new DbContextOptionsBuilder<ExtendDbContext>()
                .UseNpgsql(connectionString).UseExtendDb().Options);
    }

    public ExtendDbContext Context { get; }

    public IExtendDb ExtendDb => Context.ExtendDb();

    public static async Task<Orders> CreateAsync(string connectionString)
    {
        var orders = new Orders(connectionString);
        await orders.ExtendDb.CreateTableAsync(
            new(
                Table,
                [new("Customer", KeyType.HASH), new("Number", KeyType.RANGE)],
                [
                    new("Customer", AttributeType.S), new("Number", AttributeType.N), new("State", AttributeType.S),
                    new("Total", AttributeType.N),
                ])
            {
                GlobalSecondaryIndexes =
                [
                    new("by-state", [new("State", KeyType.HASH), new("Total", KeyType.RANGE)], Projection.All),
                    new("by-total", [new("Total", KeyType.HASH)], Projection.KeysOnly),
                    new("by-number", [new("Number", KeyType.HASH)], Projection.Include("State")),
                ],
            });
        return orders;
    }

    /// <summary>Makes a context that nothing keeps from damaging index entries.</summary>
    public ExtendDbContext CreateUnguardedContext() => new(
        new DbContextOptionsBuilder<ExtendDbContext>().UseNpgsql(_connectionString).Options);

    public static Orders Open(string connectionString) => new(connectionString);

    public Task PutAsync(int customer, int number, int total) => ExtendDb.PutItemAsync(new(Table, new AttributeMap
    {
        ["Customer"] = $"customer-{customer}",
        ["Number"] = number,
        ["State"] = total % 2 == 0 ? "open" : "paid",
        ["Total"] = total,
    }));

    public Task DeleteAsync(int customer, int number) => ExtendDb.DeleteItemAsync(
        new(Table, new AttributeMap { ["Customer"] = $"customer-{customer}", ["Number"] = number }));

    public Task<long> PendingAsync() => Context.GsiPending.LongCountAsync();

    /// <summary>Waits until no marker is left.</summary>
    public Task DrainedAsync() => Waiting.UntilAsync(async () => await PendingAsync() == 0, "no marker is left");

    /// <summary>Counts the entries that are wrong, or cannot become right.</summary>
    public async Task<long> DivergentAsync(string table = Table)
    {
        var (waiting, divergent) = await WaitingAndDivergentAsync(table);
        return waiting + divergent;
    }

    /// <summary>Counts the entries that have a marker or are in quarantine, and those that are wrong for good.</summary>
    public async Task<(long Waiting, long Divergent)> WaitingAndDivergentAsync(string table)
    {
        var verified = await IndexVerification.RunAsync(
            ExtendDbRuntime.Of(Context), await ExtendDb.GetTableDefinitionAsync(table), CancellationToken.None);
        return (verified.Sum(index => index.Waiting), verified.Sum(index => index.Divergent));
    }

    public ValueTask DisposeAsync() => Context.DisposeAsync();
}
