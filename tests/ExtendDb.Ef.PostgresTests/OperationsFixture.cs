using ExtendDb.Ef.Testing;

namespace ExtendDb.Ef.PostgresTests;

/// <summary>A database, and a host without a worker, for all tests of a class.</summary>
/// <remarks>A host costs connections, and a cache that is cold: too much for each of many small tests.</remarks>
public sealed class OperationsFixture : ExtendDbFixture
{
    private OperationsHost? _host;

    internal OperationsHost Host => _host!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();

        // Nothing applies the markers that the tests leave, so that they get old.
        _host = await OperationsHost.StartAsync(
            ConnectionString, configure: options => options.Backpressure.Mode = GsiBackpressure.Off);
    }

    public override async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await base.DisposeAsync();
    }
}
