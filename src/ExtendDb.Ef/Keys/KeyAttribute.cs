namespace ExtendDb.Ef.Model;

/// <summary>An attribute that is part of a key.</summary>
/// <param name="Name">The name of the attribute.</param>
/// <param name="Type">S, N or B.</param>
public sealed record KeyAttribute(string Name, AttributeType Type);
