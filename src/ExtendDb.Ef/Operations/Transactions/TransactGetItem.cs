using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>One read of a TransactGetItems. Source: DynamoDB API, TransactGetItem.</summary>
public sealed record TransactGetItem
{
    /// <summary>Initializes an instance whose members an object initializer sets.</summary>
    public TransactGetItem()
    {
    }

    /// <summary>Initializes an instance with its required members.</summary>
    /// <param name="get">The item to read.</param>
    [SetsRequiredMembers]
    public TransactGetItem(Get get)
    {
        Get = get;
    }

    /// <summary>Gets the item to read.</summary>
    public required Get Get { get; init; }
}
