namespace ExtendDb.Ef.Model;

/// <summary>The class of a table for which one was chosen. Source: DynamoDB API, TableClassSummary.</summary>
/// <param name="TableClass">The class.</param>
/// <param name="LastUpdateDateTime">When UpdateTable changed it; null when CreateTable chose it.</param>
public sealed record TableClassSummary(TableClass TableClass, DateTimeOffset? LastUpdateDateTime);
