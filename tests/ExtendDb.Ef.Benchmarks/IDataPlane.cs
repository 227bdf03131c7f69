namespace ExtendDb.Ef.Benchmarks;

/// <summary>The operations that are measured; each call does one, on items that it draws.</summary>
internal interface IDataPlane
{
    /// <summary>Puts an item under a key that was not there.</summary>
    Task PutItemAsync(CancellationToken cancellationToken);

    /// <summary>Puts an item in the place of one that is there.</summary>
    Task ReplaceItemAsync(CancellationToken cancellationToken);

    /// <summary>Reads one item.</summary>
    Task GetItemAsync(CancellationToken cancellationToken);

    /// <summary>Sets one attribute of an item that is there.</summary>
    Task UpdateItemAsync(CancellationToken cancellationToken);

    /// <summary>Reads a page of a hundred items of one partition.</summary>
    Task QueryAsync(CancellationToken cancellationToken);
}
