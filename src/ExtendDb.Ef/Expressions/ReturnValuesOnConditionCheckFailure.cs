namespace ExtendDb.Ef.Model;

/// <summary>Whether a write whose condition is false returns the item that made it so.</summary>
public enum ReturnValuesOnConditionCheckFailure
{
    /// <summary>It does not.</summary>
    NONE,

    /// <summary>It does, with the exception.</summary>
    ALL_OLD,
}
