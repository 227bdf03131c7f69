namespace ExtendDb.Ef.Model;

/// <summary>The response of DescribeContinuousBackups.</summary>
public sealed record DescribeContinuousBackupsResponse
{
    /// <summary>Gets the state of the backups of the table, which is always DISABLED.</summary>
    public required ContinuousBackupsDescription ContinuousBackupsDescription { get; init; }
}
