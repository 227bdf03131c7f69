namespace ExtendDb.Ef.Model;

/// <summary>An attribute that is part of a key: its name and its type, which is S, N or B.</summary>
/// <param name="Name">The attribute's name.</param>
/// <param name="Type">S, N or B.</param>
public sealed record KeyAttribute(string Name, AttributeType Type);
