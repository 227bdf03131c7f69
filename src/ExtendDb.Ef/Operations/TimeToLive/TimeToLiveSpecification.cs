namespace ExtendDb.Ef.Model;

/// <summary>By which attribute the items of a table expire. Source: DynamoDB API, TimeToLiveSpecification.</summary>
/// <param name="AttributeName">The attribute, 1 to 255 characters: a Number, the seconds since 1970.</param>
/// <param name="Enabled">Whether they do; null is refused.</param>
public sealed record TimeToLiveSpecification(string AttributeName, bool? Enabled);
