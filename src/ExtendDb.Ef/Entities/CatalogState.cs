namespace ExtendDb.Ef.Entities;

/// <summary>The only row of <c>catalog_state</c>: which version of the definitions the database holds.</summary>
public sealed class CatalogState
{
    /// <summary>Gets the key of the only row: true.</summary>
    public required bool OnlyRow { get; init; }

    /// <summary>Gets the version, one more with each change of a definition.</summary>
    public required long Version { get; init; }
}
