using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>The action of an update at one path.</summary>
/// <param name="path">The path that the action changes.</param>
internal abstract class UpdateAction(DocumentPath path)
{
    public DocumentPath Path { get; } = path;

    /// <summary>
    /// Returns the new value at the path, computed from the item before the update; null removes the value.
    /// </summary>
    /// <exception cref="ValidationException">A value in the item is missing or has the wrong type.</exception>
    public abstract AttributeValue? NewValue(AttributeMap item);

    /// <summary>Gets the value that the request gives for the path; null when it gives none.</summary>
    public virtual AttributeValue? Given => null;

    /// <summary>Gets whether the action can create a missing item.</summary>
    public virtual bool Creates => true;

    public sealed class Set(DocumentPath path, Operand value) : UpdateAction(path)
    {
        public override AttributeValue? Given => (value as Operand.Literal)?.Value;

        public override AttributeValue? NewValue(AttributeMap item) => UpdateOperand.Required(value, item);
    }

    public sealed class Remove(DocumentPath path) : UpdateAction(path)
    {
        public override bool Creates => false;

        public override AttributeValue? NewValue(AttributeMap item) => null;
    }

    /// <summary>
    /// Adds to a number, to a set or, with a legacy parameter, to a list; a missing attribute becomes the value.
    /// </summary>
    public sealed class Add(DocumentPath path, AttributeValue value, string? mismatch = null) : UpdateAction(path)
    {
        public override AttributeValue? Given => value;

        public override AttributeValue? NewValue(AttributeMap item) => (Path.In(item), value) switch
        {
            (null, _) => value,
            (AttributeValue.N one, AttributeValue.N two) => new AttributeValue.N(one.Value + two.Value),
            (AttributeValue.SS one, AttributeValue.SS two) => new AttributeValue.SS(one.Value.Union(two.Value)),
            (AttributeValue.NS one, AttributeValue.NS two) => new AttributeValue.NS(one.Value.Union(two.Value)),
            (AttributeValue.BS one, AttributeValue.BS two) =>
                new AttributeValue.BS(one.Value.Union(two.Value, BytesComparer.Instance)),
            (AttributeValue.L one, AttributeValue.L two) => new AttributeValue.L([.. one.Value, .. two.Value]),
            _ => throw Mismatch(mismatch),
        };
    }

    /// <summary>Removes members from a set; a set that becomes empty is removed.</summary>
    public sealed class Delete(DocumentPath path, AttributeValue value, string? mismatch = null) : UpdateAction(path)
    {
        public override bool Creates => false;

        public override AttributeValue? NewValue(AttributeMap item) => (Path.In(item), value) switch
        {
            (null, _) => null,
            (AttributeValue.SS one, AttributeValue.SS two) =>
                one.Value.Except(two.Value).ToList() is { Count: > 0 } left ? new AttributeValue.SS(left) : null,
            (AttributeValue.NS one, AttributeValue.NS two) =>
                one.Value.Except(two.Value).ToList() is { Count: > 0 } left ? new AttributeValue.NS(left) : null,
            (AttributeValue.BS one, AttributeValue.BS two) =>
                one.Value.Except(two.Value, BytesComparer.Instance).ToList() is { Count: > 0 } left
                    ? new AttributeValue.BS(left)
                    : null,
            _ => throw Mismatch(mismatch),
        };
    }

    private static ValidationException Mismatch(string? message) =>
        message is null ? UpdateOperand.WrongType() : new ValidationException(message);
}
