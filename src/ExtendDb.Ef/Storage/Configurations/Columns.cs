using System.Linq.Expressions;
using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Storage.Configurations;

/// <summary>Maps properties to the columns that the migrations have made, whatever a user's context says of their types.</summary>
internal static class Columns
{
    public const string Instant = "timestamp with time zone";

    /// <summary>Maps a property to a column, without what conventions of the context have given it before.</summary>
    /// <param name="builder">The entity.</param>
    /// <param name="property">The property.</param>
    /// <param name="name">The column.</param>
    /// <param name="type">PostgreSQL's name of the column's type.</param>
    /// <returns>The builder of the property.</returns>
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

    /// <summary>Maps a column of attributes.</summary>
    public static PropertyBuilder<AttributeMap> IsDocument(this PropertyBuilder<AttributeMap> column) =>
        column.HasConversion<DocumentConverter, DocumentComparer>();

    /// <summary>Maps a column of definitions.</summary>
    public static PropertyBuilder<IReadOnlyList<T>> IsDefinitionList<T>(this PropertyBuilder<IReadOnlyList<T>> column) =>
        column.HasConversion<DefinitionListConverter<T>, DefinitionListComparer<T>>();

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
