namespace ExtendDb.Ef.Model;

/// <summary>A change of how the items of a table expire.</summary>
/// <param name="TableName">The table.</param>
/// <param name="TimeToLiveSpecification">The attribute, and whether they expire.</param>
public sealed record UpdateTimeToLiveRequest(string TableName, TimeToLiveSpecification TimeToLiveSpecification);
