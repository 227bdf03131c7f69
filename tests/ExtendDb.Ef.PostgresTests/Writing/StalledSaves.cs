using System.Transactions;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.IndexLifecycle;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using Microsoft.EntityFrameworkCore;
using IsolationLevel = System.Data.IsolationLevel;
using Item = ExtendDb.Ef.Model.Item;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>
/// Plain saves, one of each kind, that all stood still between reading the definitions and their first statement while an
/// index was created and became ACTIVE.
/// </summary>
public sealed class StalledSaves : ExtendDbFixture
{
    private const string Plain = "Plain";
    private const string Indexed = "Indexed";

    private readonly Dictionary<string, string> _failures = [];
    private PropagationHost? _host;

    public static IReadOnlyList<string> Kinds { get; } =
    [
        .. from process in new[] { "silent", "busy" }
           from call in new[] { "SaveChanges", "SaveChangesAsync" }
           from kind in new[]
           {
               "one insert", "one update", "one deletion", "many items", "an explicit transaction",
               "a repeatable read transaction", "a scope",
           }
           select $"{call} of {kind} in a {process} process",
    ];

    internal PropagationHost Host => _host!;

    /// <summary>Gets how the saves that failed did so, by their kinds.</summary>
    internal IReadOnlyDictionary<string, string> Failures => _failures;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var quickly = TimeSpan.FromMilliseconds(100);
        _host = await PropagationHost.StartAsync(ConnectionString, options => options.CatalogPollInterval = quickly);
        await Host.Db.CreateTableAsync(new(Plain, [new("Id", KeyType.HASH)], [new("Id", AttributeType.S)]));
        await Tables.CreateAsync(Host, Indexed, Tables.Short);
        foreach (var kind in Kinds.Where(Exists))
        {
            var colour = Is(kind, "deletion") ? new AttributeValue.S("red") : null;
            await Host.PutAsync(Plain, AddedIndex.Item(Written(kind).Ids[0], colour));
        }

        // Their time stands still with them. Otherwise one that is slow to get there would ask for the definitions in its
        // transaction, and the index would wait for that.
        var standstill = new Standstill();
        var time = new StandingTime();
        var processes = new[] { "silent", "busy" }.ToDictionary(
            name => name, name => new OwnProcess(ConnectionString, name, new() { CatalogPollInterval = quickly }, time));
        var saves = Kinds.ToDictionary(kind => kind, kind => Task.Run(() => SaveAsync(
            processes[Is(kind, "silent") ? "silent" : "busy"], kind, standstill)));
        await Waiting.UntilAsync(() => standstill.Standing == Kinds.Count, "all saves stand still");

        await Host.Db.UpdateTableAsync(AddedIndex.Create(Plain));
        await Host.Db.UpdateTableAsync(AddedIndex.Create(Indexed));
        await AddedIndex.ActiveAsync(Host, Plain);
        await AddedIndex.ActiveAsync(Host, Indexed);
        time.Jump(TimeSpan.FromMinutes(1));
        await using (var busy = processes["busy"].CreateContext())
        {
            await busy.ExtendDb().PutItemAsync(new(Plain, AddedIndex.Item("between", "red")));
        }

        standstill.GoOn();
        foreach (var (kind, save) in saves)
        {
            try
            {
                await save;
            }
            catch (Exception failed)
            {
                _failures.Add(kind, failed.ToString());
            }
        }

        await Oracle.DrainedAsync(Host);
    }

    public override async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>Returns the table and the ids of the items that a save of a kind wrote.</summary>
    internal static (string Table, string[] Ids) Written(string kind) => Is(kind, "many items")
        ? (Indexed, [$"{kind} 1", $"{kind} 2", $"{kind} 3"])
        : (Plain, [kind]);

    private static bool Exists(string kind) => Is(kind, "deletion") || Is(kind, "update");

    private static bool Is(string kind, string what) => kind.Contains(what, StringComparison.Ordinal);

    private static async Task SaveAsync(OwnProcess process, string kind, Standstill standstill)
    {
        await using var context = process.CreateContext(
            Is(kind, " transaction") ? standstill.BeforeSave : standstill.BeforeCommand);
        var (name, ids) = Written(kind);
        var table = await ReadTableAsync(process, name);
        if (Exists(kind))
        {
            var item = await ReadItemAsync(process, ids[0]);
            context.Attach(item);
            if (Is(kind, "deletion"))
            {
                context.Remove(item);
            }
            else
            {
                item.Replace(table, AddedIndex.Item(ids[0], "red"));
            }
        }
        else
        {
            context.AddRange(ids.Select(id => Item.Create(table, AddedIndex.Item(id, "red"))));
        }

        if (Is(kind, "scope"))
        {
            using var scope = new TransactionScope(
                TransactionScopeOption.Required,
                new TransactionOptions { IsolationLevel = System.Transactions.IsolationLevel.ReadCommitted },
                TransactionScopeAsyncFlowOption.Enabled);
            await SaveAsync(context, kind);
            scope.Complete();
        }
        else if (Is(kind, " transaction"))
        {
            await using var transaction = await context.Database.BeginTransactionAsync(
                Is(kind, "repeatable") ? IsolationLevel.RepeatableRead : IsolationLevel.ReadCommitted);
            await SaveAsync(context, kind);
            await transaction.CommitAsync();
        }
        else
        {
            await SaveAsync(context, kind);
        }
    }

    // Who stands still synchronously keeps a thread.
    private static Task<int> SaveAsync(ExtendDbContext context, string kind) => Is(kind, "Async")
        ? context.SaveChangesAsync()
        : Task.Factory.StartNew(
            context.SaveChanges, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task<TableDefinition> ReadTableAsync(OwnProcess process, string name)
    {
        await using var context = process.CreateContext();
        return await context.ExtendDb().GetTableDefinitionAsync(name);
    }

    private static async Task<Item> ReadItemAsync(OwnProcess process, string id)
    {
        await using var context = process.CreateContext();
        return await context.Items.AsNoTracking().SingleAsync(i => i.PartitionHash == Tables.KeyOf(id).PartitionHash);
    }
}
