namespace ExtendDb.Ef.Model;

/// <summary>The key of an item to be deleted by a batch.</summary>
/// <param name="Key">The attributes of the primary key, and no others.</param>
public sealed record DeleteRequest(AttributeMap Key);
