namespace ExtendDb.Ef.Model;

/// <summary>The state of a table's continuous backups. Source: DynamoDB API, ContinuousBackupsDescription.</summary>
/// <param name="ContinuousBackupsStatus">Always DISABLED.</param>
/// <param name="PointInTimeRecoveryDescription">The state of point-in-time recovery.</param>
public sealed record ContinuousBackupsDescription(
    ContinuousBackupsStatus ContinuousBackupsStatus, PointInTimeRecoveryDescription PointInTimeRecoveryDescription);
