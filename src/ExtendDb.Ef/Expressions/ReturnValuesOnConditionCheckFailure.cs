namespace ExtendDb.Ef.Model;

/// <summary>Whether the exception of a write whose condition is false contains the stored item.</summary>
public enum ReturnValuesOnConditionCheckFailure
{
    /// <summary>The exception contains no item.</summary>
    NONE,

    /// <summary>The exception contains the stored item.</summary>
    ALL_OLD,
}
