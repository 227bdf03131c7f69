using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Storage.Linq;

/// <summary>Queries of a user's own context over a table of its own.</summary>
public abstract class LinqTests(OperationsFixture database) : OperationsTests(database)
{
    private OperationsHost? _own;

    protected TableDefinition Songs { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await Host.ScalarAsync(OperationsCatalogContext.CreateOrders + """; TRUNCATE "Orders" """);
        _own = await OperationsHost.StartAsync<OperationsCatalogContext>(
            Database.ConnectionString, (connection, builder) => builder.UseNpgsql(connection));
        Songs = await _own.DefineAsync(OperationsTable.Of("Song:S"));
    }

    public override Task DisposeAsync() => _own!.DisposeAsync().AsTask();

    protected OperationsCatalogContext OwnContext() => _own!.CreateContext<OperationsCatalogContext>();

    protected IQueryable<Item> SongsIn(DbContext context) => context.Set<Item>().Where(i => i.TableId == Songs.Id);

    /// <summary>Puts a song with attributes beside its name.</summary>
    protected Task PutAsync(string song, AttributeMap? attributes = null) =>
        _own!.PutAsync(Songs.Name, [.. attributes ?? AttributeMap.Empty, new("Song", song)]);
}
