using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>A part of an expression that has a value for an item.</summary>
internal abstract class Operand
{
    /// <summary>Gets the type of the value when it is the same for every item; otherwise null.</summary>
    public virtual AttributeType? Type => null;

    /// <summary>Gets all paths in the operand.</summary>
    public virtual IEnumerable<DocumentPath> Paths => [];

    /// <summary>Returns the value for an item; null when there is none.</summary>
    public abstract AttributeValue? For(AttributeMap item);

    /// <summary>A path into the item.</summary>
    public sealed class OfPath(DocumentPath path) : Operand
    {
        public DocumentPath Path { get; } = path;

        public override IEnumerable<DocumentPath> Paths => [Path];

        public override AttributeValue? For(AttributeMap item) => Path.In(item);
    }

    /// <summary>A value from the request.</summary>
    public sealed class Literal(AttributeValue value) : Operand
    {
        public AttributeValue Value { get; } = value;

        public override AttributeType? Type => Value.Type;

        public override AttributeValue? For(AttributeMap item) => Value;
    }

    /// <summary>Whether a condition holds, which only PartiQL compares.</summary>
    public sealed class Truth(Predicate condition) : Operand
    {
        public override AttributeType? Type => AttributeType.BOOL;

        public override IEnumerable<DocumentPath> Paths => condition.Paths;

        public override AttributeValue? For(AttributeMap item) => new AttributeValue.BOOL(condition.Holds(item));
    }

    /// <summary>
    /// The size of a value: UTF-16 characters of a string, bytes of a binary, members of a set, list or map; other
    /// types have none.
    /// </summary>
    public sealed class Size(Operand of) : Operand
    {
        public override AttributeType? Type => AttributeType.N;

        public override IEnumerable<DocumentPath> Paths => of.Paths;

        public override AttributeValue? For(AttributeMap item) => of.For(item) switch
        {
            AttributeValue.S s => s.Value.Length,
            AttributeValue.B b => b.Value.Length,
            AttributeValue.SS set => set.Value.Count,
            AttributeValue.NS set => set.Value.Count,
            AttributeValue.BS set => set.Value.Count,
            AttributeValue.L list => list.Value.Count,
            AttributeValue.M map => map.Value.Count,
            _ => null,
        };
    }
}
