using System.Collections.Immutable;

namespace ExtendDb.Ef;

/// <summary>The path of an attribute in an expression, as <see cref="TypedTable{T}.Path"/> finds it for a member.</summary>
/// <remarks>It is written with placeholders, so that an attribute can have the name of a reserved word.</remarks>
public sealed class AttributePath
{
    internal AttributePath(ImmutableArray<string> names) => Names = names;

    internal ImmutableArray<string> Names { get; }

    /// <summary>Returns the path for display.</summary>
    /// <returns>The names of the attributes, with a dot between two.</returns>
    public override string ToString() => string.Join('.', Names);
}
