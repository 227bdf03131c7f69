namespace ExtendDb.Ef.Model;

/// <summary>An item to be put by a batch.</summary>
/// <param name="Item">The item with all its attributes; at most 400 KB.</param>
public sealed record PutRequest(AttributeMap Item);
