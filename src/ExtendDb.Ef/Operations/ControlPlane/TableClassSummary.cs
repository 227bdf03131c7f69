namespace ExtendDb.Ef.Model;

/// <summary>The class of a table whose class was chosen. Source: DynamoDB API, TableClassSummary.</summary>
/// <param name="TableClass">The present class.</param>
/// <param name="LastUpdateDateTime">
/// The time at which UpdateTable last changed the class; null when CreateTable chose it.
/// </param>
public sealed record TableClassSummary(TableClass TableClass, DateTimeOffset? LastUpdateDateTime);
