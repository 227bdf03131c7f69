namespace ExtendDb.Ef.Entities;

/// <summary>The only row of <c>catalog_state</c>: which version of the definitions the database holds.</summary>
public sealed class CatalogState
{
    /// <summary>Gets the key of the only row: true.</summary>
    public required bool OnlyRow { get; init; }

    /// <summary>Gets the version, one more with each change of a definition.</summary>
    public required long Version { get; init; }

    /// <summary>
    /// Gets the longest CatalogPollInterval, in ms, of any process that uses the database: how long a change of
    /// definitions can stay unseen.
    /// </summary>
    public required int LongestPollMs { get; init; }
}
