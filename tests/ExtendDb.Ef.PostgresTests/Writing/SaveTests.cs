using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Order = ExtendDb.Ef.PostgresTests.OperationsCatalogContext.Order;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>A class whose tests save songs with contexts of a user's own, on a table with indexes of all kinds.</summary>
public abstract class SaveTests(OperationsFixture database) : OperationsTests(database)
{
    private static int _orders;

    internal TableDefinition Table { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await Host.ScalarAsync(OperationsCatalogContext.CreateOrders);
        Table = await Host.DefineAsync(OperationsTable.Of("Artist:S Title:S")
            .WithGlobal("ByYear", "Year:N", delayMs: 1)
            .WithGlobal("ByGenre", "Genre:S", Projection.KeysOnly, delayMs: 2)
            .WithGlobal("AtOnce", "Genre:S Year:N", Projection.KeysOnly, delayMs: 0)
            .WithLocal("OfArtist", "Artist:S Genre:S")
            .WithLocal("OfYear", "Artist:S Year:N", Projection.KeysOnly));
    }

    /// <summary>Makes a song; another year is another place on every index.</summary>
    internal static AttributeMap Song(string title, int year) =>
        new() { ["Artist"] = "Ella", ["Title"] = title, ["Year"] = year, ["Genre"] = $"genre of {year}" };

    internal static AttributeMap KeyOf(string title) => new() { ["Artist"] = "Ella", ["Title"] = title };

    /// <summary>Makes an order that no other test makes.</summary>
    internal static Order NewOrder(string text = "a song") => new() { Id = Interlocked.Increment(ref _orders), Text = text };

    internal static EntityEntry<Item> EntryOf(DbContext context, string title) =>
        context.ChangeTracker.Entries<Item>().Single(entry => entry.Entity.Document["Title"].Equals(title));

    /// <summary>Makes a context that has interceptors of the user's behind the library's.</summary>
    internal OperationsCatalogContext Context(params IInterceptor[] behind) => Context([], behind);

    /// <summary>Makes a context that has interceptors of the user's before and behind the library's.</summary>
    internal OperationsCatalogContext Context(IInterceptor[] before, IInterceptor[] behind)
    {
        var options = new DbContextOptionsBuilder<OperationsCatalogContext>();
        options.UseNpgsql(Host.ConnectionString).AddInterceptors(before).UseExtendDb().AddInterceptors(behind);
        return new(options.Options);
    }

    internal Item NewSong(string title, int year) => Item.Create(Table, Song(title, year));

    /// <summary>Stores songs, and brings all indexes up to date.</summary>
    internal async Task StoreAsync(int year, params string[] titles)
    {
        foreach (var title in titles)
        {
            await Host.PutAsync(Table.Name, Song(title, year));
        }

        await Host.DrainAsync();
    }

    internal Task<Item> ReadAsync(DbContext context, string title, bool tracked = true)
    {
        var sortKey = NewSong(title, 1).SortKey;
        var items = tracked ? context.Set<Item>().AsTracking() : context.Set<Item>().AsNoTracking();
        return items.SingleAsync(item => item.TableId == Table.Id && item.SortKey == sortKey);
    }

    internal Task<AttributeMap?> GetAsync(string title) => Host.GetAsync(Table.Name, KeyOf(title));

    /// <summary>Applies all markers, and compares every index with its items.</summary>
    internal async Task DrainedAndExactAsync()
    {
        await Host.DrainAsync();
        var verified = await IndexVerification.RunAsync(Host.Database(), Table, default);
        verified.Should().HaveCount(5).And.OnlyContain(
            index => index.Missing + index.Stale + index.Orphaned + index.Waiting == 0,
            "every index should equal its items: {0}", string.Join(", ", verified));
    }

    internal static Task<int> SaveAsync(DbContext context, bool sync) =>
        sync ? Task.FromResult(context.SaveChanges()) : context.SaveChangesAsync();
}
