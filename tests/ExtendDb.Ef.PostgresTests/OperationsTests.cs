using ExtendDb.Ef.Testing;
using Xunit;

namespace ExtendDb.Ef.PostgresTests;

/// <summary>A class with a database of its own, and for each test a host without a worker.</summary>
public abstract class OperationsTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>, IAsyncLifetime
{
    private OperationsHost? _host;

    internal OperationsHost Host => _host!;

    protected ExtendDbFixture Database => database;

    public virtual async Task InitializeAsync() => _host = await OperationsHost.StartAsync(database.ConnectionString);

    public virtual async Task DisposeAsync() => await Host.DisposeAsync();
}
