using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>The deletion of one item in a BatchWriteItem.</summary>
public sealed record DeleteRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public DeleteRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="key">The attributes of the primary key, and no others.</param>
    [SetsRequiredMembers]
    public DeleteRequest(AttributeMap key)
    {
        Key = key;
    }

    /// <summary>Gets the attributes of the primary key, and no others.</summary>
    public required AttributeMap Key { get; init; }
}
