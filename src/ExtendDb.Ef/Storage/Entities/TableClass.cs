namespace ExtendDb.Ef.Model;

/// <summary>The storage class of a table. Source: DynamoDB API, TableClassSummary.</summary>
/// <remarks>The class is stored and returned, and has no effect.</remarks>
public enum TableClass
{
    /// <summary>The class for tables that are read and written often.</summary>
    STANDARD,

    /// <summary>The class for tables that are seldom read or written.</summary>
    STANDARD_INFREQUENT_ACCESS,
}
