using ExtendDb.Ef.Expressions;

namespace ExtendDb.Ef.Model;

/// <summary>
/// One element of a path into a document: the name of an attribute or of a member of a map, or the index of an element of
/// a list.
/// </summary>
/// <remarks>
/// Texts and integers convert to it. A name is taken as it is: a dot or a bracket in the name has no meaning. Source:
/// DynamoDB developer guide, Document paths.
/// </remarks>
public readonly record struct PathElement
{
    private PathElement(PathStep step) => Step = step;

    internal PathStep Step { get; }

    /// <summary>Creates the element for a name.</summary>
    /// <param name="name">The name of an attribute, or of a member of a map; it may be empty.</param>
    public static implicit operator PathElement(string name) => FromString(name);

    /// <summary>Creates the element for an index.</summary>
    /// <param name="index">The index in a list, from 0.</param>
    public static implicit operator PathElement(int index) => FromInt32(index);

    /// <summary>Creates the element for a name.</summary>
    /// <param name="name">The name of an attribute, or of a member of a map; it may be empty.</param>
    /// <returns>The element.</returns>
    public static PathElement FromString(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(new PathStep(name));
    }

    /// <summary>Creates the element for an index.</summary>
    /// <param name="index">The index in a list, from 0.</param>
    /// <returns>The element.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static PathElement FromInt32(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(new PathStep(Name: null, index));
    }

    /// <summary>Returns the name, or the index in brackets.</summary>
    /// <returns>A text for display.</returns>
    public override string ToString() => Step.ToString();
}
