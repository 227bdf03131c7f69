namespace ExtendDb.Ef.Model;

/// <summary>The backups of a table.</summary>
public sealed record DescribeContinuousBackupsResponse
{
    /// <summary>Gets the state of the backups, which is always DISABLED.</summary>
    public required ContinuousBackupsDescription ContinuousBackupsDescription { get; init; }
}
