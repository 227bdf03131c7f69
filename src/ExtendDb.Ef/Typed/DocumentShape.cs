using System.Text.Json.Serialization.Metadata;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Typed;

/// <summary>What the JSON of a type does not say about its attribute.</summary>
internal sealed class DocumentShape
{
    /// <summary>The type of the attribute follows from the JSON alone.</summary>
    public static readonly DocumentShape Plain = new();

    /// <summary>Gets what the JSON is, where that cannot be seen from it.</summary>
    public DocumentForm Form { get; init; }

    /// <summary>Gets the type of the elements of a list or a set, or of the values of a dictionary.</summary>
    public Type? Element { get; init; }

    /// <summary>Gets the members of an object by their names in JSON.</summary>
    public IReadOnlyDictionary<string, JsonPropertyInfo> Members { get; init; } = new Dictionary<string, JsonPropertyInfo>();

    /// <summary>Gets the names of the sets that cannot be null: without an attribute they are empty.</summary>
    public IReadOnlyList<string> EmptySets { get; init; } = [];

    /// <summary>Gets the name of the member that says which derived type an object is of; null for none.</summary>
    public string? Discriminator { get; init; }

    /// <summary>Gets the derived types by the values of the discriminator.</summary>
    public IReadOnlyDictionary<AttributeValue, Type> DerivedTypes { get; init; } = new Dictionary<AttributeValue, Type>();
}
