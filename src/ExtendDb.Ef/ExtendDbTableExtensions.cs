using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using ExtendDb.Ef.Typed;

namespace ExtendDb.Ef;

/// <summary>Gives tables whose items are objects of classes.</summary>
public static class ExtendDbTableExtensions
{
    /// <summary>Returns the table of a class, by its attributes and System.Text.Json's default contract.</summary>
    /// <typeparam name="T">The class, which marks its keys with <see cref="PartitionKeyAttribute"/> and <see cref="SortKeyAttribute"/>.</typeparam>
    /// <param name="extendDb">The operations.</param>
    /// <param name="tableName">The name of the table, or its ARN; null for that which the class gives.</param>
    /// <returns>The table, which need not exist yet.</returns>
    /// <exception cref="ArgumentException">Two members of the class have the same part in the key.</exception>
    /// <exception cref="NotSupportedException">The class has no JSON contract.</exception>
    [RequiresUnreferencedCode(ReflectedMapping.Reason)]
    [RequiresDynamicCode(ReflectedMapping.Reason)]
    public static TypedTable<T> Table<T>(this IExtendDb extendDb, string? tableName = null)
        where T : class =>
        extendDb.Table(ReflectedMapping.Of<T>(), tableName);

    /// <summary>Returns the table of a class, by its attributes and a contract, such as a source-generated one.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="extendDb">The operations.</param>
    /// <param name="json">The contract. Its converters, names and conditions count.</param>
    /// <param name="tableName">The name of the table, or its ARN; null for that which the class gives.</param>
    /// <returns>The table, which need not exist yet.</returns>
    /// <exception cref="ArgumentException">Two members of the class have the same part in the key.</exception>
    public static TypedTable<T> Table<T>(this IExtendDb extendDb, JsonTypeInfo<T> json, string? tableName = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(json);
        return extendDb.Table(Mappings<T>.OfContracts.GetValue(json, static contract => new(contract)), tableName);
    }

    /// <summary>Returns the table of a class, by a mapping.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="extendDb">The operations.</param>
    /// <param name="mapping">How the objects are stored.</param>
    /// <param name="tableName">The name of the table, or its ARN; null for that of the mapping.</param>
    /// <returns>The table, which need not exist yet.</returns>
    public static TypedTable<T> Table<T>(this IExtendDb extendDb, ItemMapping<T> mapping, string? tableName = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(extendDb);
        ArgumentNullException.ThrowIfNull(mapping);
        return new(extendDb, new(tableName, mapping));
    }

    private static class Mappings<T>
        where T : class
    {
        public static ConditionalWeakTable<JsonTypeInfo<T>, ItemMapping<T>> OfContracts { get; } = [];
    }
}
