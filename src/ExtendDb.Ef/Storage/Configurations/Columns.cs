using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Storage.Configurations;

/// <summary>Maps properties to the columns of the migrations, whatever types the user's context configures.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2091", Justification = Trimming.Warned)]
internal static class Columns
{
    public const string Instant = "timestamp with time zone";

    /// <summary>
    /// Maps a property to a column, and removes the annotations that conventions of the context have given it.
    /// </summary>
    /// <param name="type">PostgreSQL's name of the column's type.</param>
    public static PropertyBuilder<TProperty> Column<TEntity, TProperty>(
        this EntityTypeBuilder<TEntity> builder, Expression<Func<TEntity, TProperty>> property, string name, string type)
        where TEntity : class
    {
        var column = builder.Property(property);
        Forget(column.Metadata);
        if (!Equals(column.Metadata.Sentinel, default(TProperty)))
        {
            column.Metadata.Sentinel = default(TProperty);
        }

        return column.HasColumnName(name).HasColumnType(type);
    }

    /// <summary>Maps a jsonb column that holds the attributes of an item.</summary>
    public static PropertyBuilder<AttributeMap> IsDocument(this PropertyBuilder<AttributeMap> column) =>
        column.HasConversion<DocumentConverter, DocumentComparer>();

    /// <summary>Maps a jsonb column that holds a list of definitions.</summary>
    public static PropertyBuilder<IReadOnlyList<T>> IsDefinitionList<T>(this PropertyBuilder<IReadOnlyList<T>> column) =>
        column.HasConversion<DefinitionListConverter<T>, DefinitionListComparer<T>>();

    /// <summary>Adds the constraint that the slot is that of the partition hash.</summary>
    public static void HasSlotCheck<T>(this TableBuilder<T> table, string name)
        where T : class =>
        table.HasCheckConstraint($"ck_{name}_slot", "slot = get_byte(uuid_send(partition_hash), 0) >> 2");

    private static void Forget(IMutableProperty property)
    {
        if (property.GetElementType() is not null)
        {
            property.SetElementType(null);
        }

        // A conversion, its comparers, length, precision and the like are all annotations.
        foreach (var annotation in property.GetAnnotations().ToList())
        {
            property.RemoveAnnotation(annotation.Name);
        }
    }
}
