namespace ExtendDb.Ef;

/// <summary>What happens when the records of all streams are larger than StreamOptions.MaxBytes.</summary>
public enum StreamOverflow
{
    /// <summary>A warning is logged.</summary>
    Warn,

    /// <summary>A warning is logged, and the oldest records are trimmed before their time.</summary>
    Trim,
}
