namespace ExtendDb.Ef.Model;

/// <summary>The operators that join several legacy conditions. Source: DynamoDB API, ConditionalOperator.</summary>
public enum ConditionalOperator
{
    /// <summary>All conditions must be true.</summary>
    AND,

    /// <summary>At least one condition must be true.</summary>
    OR,
}
