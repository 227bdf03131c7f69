namespace ExtendDb.Ef.Model;

/// <summary>How several legacy conditions are joined. Source: DynamoDB API, ConditionalOperator.</summary>
public enum ConditionalOperator
{
    /// <summary>All of them must be true.</summary>
    AND,

    /// <summary>One of them must be true.</summary>
    OR,
}
