using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>The path to a value in an item: an attribute, then members of maps and elements of lists.</summary>
/// <param name="steps">The steps, beginning with the attribute.</param>
internal sealed class DocumentPath(params IReadOnlyList<PathStep> steps) : IEquatable<DocumentPath>
{
    public const int MaxSteps = 32;

    public IReadOnlyList<PathStep> Steps { get; } = steps;

    /// <summary>Gets the name of the attribute with which the path begins.</summary>
    public string Attribute => Steps[0].Name!;

    /// <summary>Returns the value at this path; null when there is none.</summary>
    public AttributeValue? In(AttributeMap item) => In(item, Steps.Count);

    /// <summary>Returns whether the item has the map or list that the last step leads into.</summary>
    public bool HasParentIn(AttributeMap item) =>
        Steps.Count == 1
        || (Steps[^1].Name is null ? In(item, Steps.Count - 1) is AttributeValue.L : In(item, Steps.Count - 1) is AttributeValue.M);

    private AttributeValue? In(AttributeMap item, int steps)
    {
        if (!item.TryGetValue(Attribute, out var value))
        {
            return null;
        }

        for (var i = 1; i < steps; i++)
        {
            value = Steps[i].In(value);
            if (value is null)
            {
                return null;
            }
        }

        return value;
    }

    public bool Equals(DocumentPath? other) => other is not null && Steps.SequenceEqual(other.Steps);

    public override bool Equals(object? obj) => Equals(obj as DocumentPath);

    public override int GetHashCode() => HashCode.Combine(Attribute, Steps.Count);

    /// <summary>Returns the path in the format of DynamoDB's messages, such as <c>[a, [0], b]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", Steps)}]";
}
