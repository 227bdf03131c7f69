namespace ExtendDb.Ef.Model;

/// <summary>Whether a table is backed up continuously. Source: DynamoDB API, ContinuousBackupsDescription.</summary>
/// <param name="ContinuousBackupsStatus">DISABLED.</param>
/// <param name="PointInTimeRecoveryDescription">Whether it can be restored to a point in time.</param>
public sealed record ContinuousBackupsDescription(
    ContinuousBackupsStatus ContinuousBackupsStatus, PointInTimeRecoveryDescription PointInTimeRecoveryDescription);
