namespace ExtendDb.Ef.Model;

/// <summary>One write of a batch: a put or a deletion. Source: DynamoDB API, WriteRequest.</summary>
public sealed record WriteRequest
{
    /// <summary>Gets the item to be put; null when DeleteRequest is given.</summary>
    public PutRequest? PutRequest { get; init; }

    /// <summary>Gets the key of the item to be deleted; null when PutRequest is given.</summary>
    public DeleteRequest? DeleteRequest { get; init; }

    /// <summary>Makes a write that puts an item.</summary>
    /// <param name="item">The item with all its attributes.</param>
    /// <returns>The write.</returns>
    public static WriteRequest Put(AttributeMap item) => new() { PutRequest = new(item) };

    /// <summary>Makes a write that deletes an item.</summary>
    /// <param name="key">The attributes of the primary key.</param>
    /// <returns>The write.</returns>
    public static WriteRequest Delete(AttributeMap key) => new() { DeleteRequest = new(key) };
}
