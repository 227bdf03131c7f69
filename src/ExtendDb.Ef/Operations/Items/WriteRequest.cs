namespace ExtendDb.Ef.Model;

/// <summary>One write of a BatchWriteItem: either a put or a deletion. Source: DynamoDB API, WriteRequest.</summary>
public sealed record WriteRequest
{
    /// <summary>Gets the put; null when the write is a deletion.</summary>
    public PutRequest? PutRequest { get; init; }

    /// <summary>Gets the deletion; null when the write is a put.</summary>
    public DeleteRequest? DeleteRequest { get; init; }

    /// <summary>Creates a write that puts an item.</summary>
    /// <param name="item">The item with all its attributes, the key attributes included; at most 400 KB.</param>
    public static WriteRequest Put(AttributeMap item) => new() { PutRequest = new(item) };

    /// <summary>Creates a write that deletes an item.</summary>
    /// <param name="key">The attributes of the primary key, and no others.</param>
    public static WriteRequest Delete(AttributeMap key) => new() { DeleteRequest = new(key) };
}
