using ExtendDb.Ef.Model;

namespace ExtendDb.Ef;

/// <summary>The values of an item's primary key, such as <c>("Arvo Pärt", "Fratres")</c>.</summary>
/// <param name="PartitionKey">The value of the partition key, as its member has it, or an <see cref="AttributeValue"/>.</param>
/// <param name="SortKey">The value of the sort key; null in a table without one.</param>
public readonly record struct PrimaryKey(object PartitionKey, object? SortKey = null)
{
    /// <summary>Creates a key of a partition key and a sort key.</summary>
    /// <param name="key">The two values.</param>
    public static implicit operator PrimaryKey((object PartitionKey, object? SortKey) key) => new(key.PartitionKey, key.SortKey);

    /// <summary>Creates a key without a sort key.</summary>
    /// <param name="partitionKey">The value of the partition key.</param>
    public static implicit operator PrimaryKey(string partitionKey) => new(partitionKey);

    /// <summary>Creates a key without a sort key.</summary>
    /// <param name="partitionKey">The value of the partition key.</param>
    public static implicit operator PrimaryKey(long partitionKey) => new(partitionKey);

    /// <summary>Creates a key without a sort key.</summary>
    /// <param name="partitionKey">The value of the partition key.</param>
    public static implicit operator PrimaryKey(Guid partitionKey) => new(partitionKey);

    /// <summary>Creates a key without a sort key.</summary>
    /// <param name="partitionKey">The value of the partition key.</param>
    public static implicit operator PrimaryKey(AttributeValue partitionKey) => new(partitionKey);
}
