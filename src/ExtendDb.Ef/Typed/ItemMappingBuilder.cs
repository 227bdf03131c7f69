using System.Linq.Expressions;

namespace ExtendDb.Ef;

/// <summary>Says of a class what its attributes do not say, or say otherwise.</summary>
/// <typeparam name="T">The class of the items.</typeparam>
public sealed class ItemMappingBuilder<T>
    where T : class
{
    internal ItemMappingBuilder()
    {
    }

    internal string? TableName { get; private set; }

    internal LambdaExpression? Partition { get; private set; }

    internal LambdaExpression? Sort { get; private set; }

    internal LambdaExpression? ItemVersion { get; private set; }

    internal bool Nulls { get; private set; }

    /// <summary>Names the table, in place of <see cref="TableNameAttribute"/>.</summary>
    /// <param name="name">The name of the table, or its ARN.</param>
    /// <returns>The same builder.</returns>
    public ItemMappingBuilder<T> Table(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        TableName = name;
        return this;
    }

    /// <summary>Names the partition key, in place of <see cref="PartitionKeyAttribute"/>.</summary>
    /// <param name="member">The member, such as <c>song => song.Artist</c>.</param>
    /// <returns>The same builder.</returns>
    public ItemMappingBuilder<T> PartitionKey<TMember>(Expression<Func<T, TMember>> member)
    {
        ArgumentNullException.ThrowIfNull(member);
        Partition = member;
        return this;
    }

    /// <summary>Names the sort key, in place of <see cref="SortKeyAttribute"/>.</summary>
    /// <param name="member">The member, such as <c>song => song.Title</c>.</param>
    /// <returns>The same builder.</returns>
    public ItemMappingBuilder<T> SortKey<TMember>(Expression<Func<T, TMember>> member)
    {
        ArgumentNullException.ThrowIfNull(member);
        Sort = member;
        return this;
    }

    /// <summary>Names the number that counts versions, in place of <see cref="ItemVersionAttribute"/>.</summary>
    /// <param name="member">The member, such as <c>song => song.Version</c>.</param>
    /// <returns>The same builder.</returns>
    public ItemMappingBuilder<T> Version<TMember>(Expression<Func<T, TMember>> member)
    {
        ArgumentNullException.ThrowIfNull(member);
        ItemVersion = member;
        return this;
    }

    /// <summary>Stores members that are null as attributes of type NULL; otherwise they are left out.</summary>
    /// <returns>The same builder.</returns>
    public ItemMappingBuilder<T> KeepNulls()
    {
        Nulls = true;
        return this;
    }
}
