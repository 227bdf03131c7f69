using ExtendDb.Ef.Testing;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>The library, and DynamoDB Local where the environment names its folder.</summary>
public sealed class DifferentialFixture : ExtendDbFixture
{
    private DynamoDbLocal? _local;
    private OperationsHost? _host;
    private ReferenceDatabase? _reference;

    public override async Task InitializeAsync()
    {
        // Without the folder all tests of the class are skipped.
        if (DynamoDbLocal.Folder is { } folder)
        {
            await base.InitializeAsync();
            _local = await DynamoDbLocal.StartAsync(folder);
            _reference = new(_local.Url);
            _host = await OperationsHost.StartAsync(
                ConnectionString, configure: options => options.DefaultPropagationDelay = TimeSpan.Zero);
        }
    }

    public override async Task DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (_local is not null)
        {
            await _local.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    /// <summary>Creates tables on both sides.</summary>
    internal async Task<Comparison> CompareAsync(ComparedTables tables)
    {
        var comparison = new Comparison(_host!.Db, _reference!, tables.All);
        await comparison.CreateTablesAsync();
        return comparison;
    }
}
