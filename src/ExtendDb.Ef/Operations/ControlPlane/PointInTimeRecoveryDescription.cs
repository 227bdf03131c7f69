namespace ExtendDb.Ef.Model;

/// <summary>Whether a table can be restored to a point in time.</summary>
/// <param name="PointInTimeRecoveryStatus">DISABLED.</param>
/// <remarks>Source: DynamoDB API, PointInTimeRecoveryDescription.</remarks>
public sealed record PointInTimeRecoveryDescription(ContinuousBackupsStatus PointInTimeRecoveryStatus);
