namespace ExtendDb.Ef.Model;

/// <summary>Whether a response tells the size of the item collections that it wrote to.</summary>
public enum ReturnItemCollectionMetrics
{
    /// <summary>It does not.</summary>
    NONE,

    /// <summary>It does, on tables that have a local index.</summary>
    SIZE,
}
