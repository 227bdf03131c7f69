namespace ExtendDb.Ef.Model;

/// <summary>The attributes of an item that an index holds.</summary>
/// <param name="ProjectionType">ALL, KEYS_ONLY or INCLUDE.</param>
public sealed record Projection(ProjectionType ProjectionType)
{
    /// <summary>Gets the further attributes of an INCLUDE projection; empty otherwise.</summary>
    /// <value>Null becomes empty.</value>
    public IReadOnlyList<string> NonKeyAttributes { get; init => field = value ?? []; } = [];

    /// <summary>Gets the projection of all attributes.</summary>
    public static Projection All { get; } = new(ProjectionType.ALL);

    /// <summary>Gets the projection of the key attributes only.</summary>
    public static Projection KeysOnly { get; } = new(ProjectionType.KEYS_ONLY);

    /// <summary>Returns the projection of the key attributes and some other attributes.</summary>
    /// <param name="nonKeyAttributes">The names of the other attributes; at least one.</param>
    /// <returns>An INCLUDE projection.</returns>
    public static Projection Include(params IReadOnlyList<string> nonKeyAttributes) =>
        new(ProjectionType.INCLUDE) { NonKeyAttributes = nonKeyAttributes };
}
