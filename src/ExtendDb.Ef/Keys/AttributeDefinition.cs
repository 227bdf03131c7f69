namespace ExtendDb.Ef.Model;

/// <summary>The type of an attribute that a key uses.</summary>
/// <param name="AttributeName">The name of the attribute.</param>
/// <param name="AttributeType">S, N or B.</param>
public sealed record AttributeDefinition(string AttributeName, AttributeType AttributeType);
