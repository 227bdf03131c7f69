namespace ExtendDb.Ef.Model;

/// <summary>An attribute of a key and its part in the key.</summary>
/// <param name="AttributeName">The name of the attribute.</param>
/// <param name="KeyType">The part: HASH or RANGE.</param>
public sealed record KeySchemaElement(string AttributeName, KeyType KeyType);
