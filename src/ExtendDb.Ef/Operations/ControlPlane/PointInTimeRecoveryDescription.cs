namespace ExtendDb.Ef.Model;

/// <summary>The state of a table's point-in-time recovery.</summary>
/// <param name="PointInTimeRecoveryStatus">Always DISABLED.</param>
/// <remarks>Source: DynamoDB API, PointInTimeRecoveryDescription.</remarks>
public sealed record PointInTimeRecoveryDescription(ContinuousBackupsStatus PointInTimeRecoveryStatus);
