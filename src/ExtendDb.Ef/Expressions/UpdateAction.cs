using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>What an update does at one path.</summary>
/// <param name="path">The path.</param>
internal abstract class UpdateAction(DocumentPath path)
{
    public DocumentPath Path { get; } = path;

    /// <summary>Returns the new value at the path, worked out from the item as it was; null is none.</summary>
    /// <exception cref="ValidationException">A value in the item is missing or has the wrong type.</exception>
    public abstract AttributeValue? NewValue(AttributeMap item);

    /// <summary>Gets the value that the request gives for the path; null when it gives none.</summary>
    public virtual AttributeValue? Given => null;

    /// <summary>Gets whether this can make an item that was not there.</summary>
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

    /// <summary>Adds to a number, to a set or, by a legacy parameter, to a list; what is not there becomes the value.</summary>
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

    /// <summary>Takes members out of a set; a set without members is no attribute.</summary>
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
