using Xunit;

namespace ExtendDb.Ef.PostgresTests;

/// <summary>A class with a database of its own and a host without a worker.</summary>
public abstract class OperationsTests(OperationsFixture database) : IClassFixture<OperationsFixture>, IAsyncLifetime
{
    internal OperationsHost Host => database.Host;

    protected OperationsFixture Database => database;

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.CompletedTask;
}
