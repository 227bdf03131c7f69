namespace ExtendDb.Ef.Model;

/// <summary>
/// The state of continuous backups or of point-in-time recovery. Source: DynamoDB API, ContinuousBackupsDescription.
/// </summary>
public enum ContinuousBackupsStatus
{
    /// <summary>The feature is on.</summary>
    ENABLED,

    /// <summary>The feature is off.</summary>
    DISABLED,
}
