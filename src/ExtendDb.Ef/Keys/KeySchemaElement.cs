namespace ExtendDb.Ef.Model;

/// <summary>An attribute of a key and its part in it.</summary>
/// <param name="AttributeName">The attribute's name.</param>
/// <param name="KeyType">HASH or RANGE.</param>
public sealed record KeySchemaElement(string AttributeName, KeyType KeyType);
