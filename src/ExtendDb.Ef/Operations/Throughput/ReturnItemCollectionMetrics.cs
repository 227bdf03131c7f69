namespace ExtendDb.Ef.Model;

/// <summary>Whether a response contains the sizes of the changed item collections.</summary>
public enum ReturnItemCollectionMetrics
{
    /// <summary>The response contains no sizes.</summary>
    NONE,

    /// <summary>The response contains the sizes, for tables with a local index.</summary>
    SIZE,
}
