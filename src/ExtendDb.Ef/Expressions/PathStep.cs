using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>One step of a path, into a map by name or into a list by index.</summary>
/// <param name="Name">The name of a member; null for a step into a list.</param>
/// <param name="Index">The index in a list, from 0; 0 for a step into a map.</param>
internal readonly record struct PathStep(string? Name, int Index = 0)
{
    /// <summary>Returns the member or element of a value; null when it does not exist.</summary>
    public AttributeValue? In(AttributeValue value) => value switch
    {
        AttributeValue.M map when Name is not null => map.Value.TryGetValue(Name, out var member) ? member : null,
        AttributeValue.L list when Name is null => Index < list.Value.Count ? list.Value[Index] : null,
        _ => null,
    };

    public override string ToString() => Name ?? $"[{Index}]";
}
