namespace ExtendDb.Ef.Model;

/// <summary>The price list of a table. Source: DynamoDB API, TableClassSummary.</summary>
/// <remarks>It is stored and shown, and has no effect.</remarks>
public enum TableClass
{
    /// <summary>For tables that are read and written often.</summary>
    STANDARD,

    /// <summary>For tables that are mostly kept.</summary>
    STANDARD_INFREQUENT_ACCESS,
}
