using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>The put of one item in a BatchWriteItem.</summary>
public sealed record PutRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public PutRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="item">The item with all its attributes, the key attributes included; at most 400 KB.</param>
    [SetsRequiredMembers]
    public PutRequest(AttributeMap item)
    {
        Item = item;
    }

    /// <summary>Gets the item with all its attributes, the key attributes included; at most 400 KB.</summary>
    public required AttributeMap Item { get; init; }
}
