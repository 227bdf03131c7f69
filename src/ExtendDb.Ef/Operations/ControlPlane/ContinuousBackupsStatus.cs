namespace ExtendDb.Ef.Model;

/// <summary>Whether something of continuous backups is on. Source: DynamoDB API, ContinuousBackupsDescription.</summary>
public enum ContinuousBackupsStatus
{
    /// <summary>It is on.</summary>
    ENABLED,

    /// <summary>It is off.</summary>
    DISABLED,
}
