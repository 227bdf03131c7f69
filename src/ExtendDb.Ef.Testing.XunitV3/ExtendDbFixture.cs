using ExtendDb.Ef.Local;
using Xunit;

namespace ExtendDb.Ef.Testing;

/// <summary>
/// Gives a test class a migrated database of its own, for <c>IClassFixture&lt;ExtendDbFixture&gt;</c>.
/// </summary>
/// <remarks>
/// Cost: the first database of a server applies the migrations once; each further one is a copy of that, in well under
/// a second. See <see cref="PostgresServer"/> for the server it uses.
/// </remarks>
public class ExtendDbFixture : IAsyncLifetime
{
    private TestDatabase? _database;

    /// <summary>
    /// Gets the connection string of the class's database, which holds the whole schema and no rows of tests.
    /// </summary>
    /// <exception cref="InvalidOperationException">The fixture is not initialised yet.</exception>
    public string ConnectionString => Database.ConnectionString;

    private TestDatabase Database => _database ?? throw new InvalidOperationException(
        "The fixture is not initialised: xunit does that for a class fixture before the first test.");

    /// <summary>Creates the class's database; xunit calls it before the first test.</summary>
    /// <returns>A task that ends when the database can be used.</returns>
    /// <exception cref="LocalPostgresException">
    /// No server could be found or started; the message says what to install.
    /// </exception>
    public virtual async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    /// <summary>Creates a further database on the same server, which is dropped together with the first one.</summary>
    /// <param name="migrated">True for the whole schema, false for an empty database.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The connection string of the new database.</returns>
    /// <exception cref="InvalidOperationException">The fixture is not initialised yet.</exception>
    public Task<string> CreateDatabaseAsync(bool migrated = true, CancellationToken cancellationToken = default) =>
        Database.CreateDatabaseAsync(migrated, cancellationToken);

    /// <inheritdoc cref="TestDatabase.GetExtendDbAsync"/>
    /// <exception cref="InvalidOperationException">The fixture is not initialised yet.</exception>
    public Task<IExtendDb> GetExtendDbAsync(CancellationToken cancellationToken = default) =>
        Database.GetExtendDbAsync(cancellationToken);

    /// <inheritdoc cref="TestDatabase.IndexesAreUpToDateAsync"/>
    /// <exception cref="InvalidOperationException">The fixture is not initialised yet.</exception>
    public Task IndexesAreUpToDateAsync(TimeSpan? within = null, CancellationToken cancellationToken = default) =>
        Database.IndexesAreUpToDateAsync(within, cancellationToken);

    /// <summary>
    /// Ends the operations, drops all databases of the fixture and ends their connections; xunit calls it after the last test.
    /// </summary>
    /// <returns>A task that ends when they are gone.</returns>
    public virtual async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
