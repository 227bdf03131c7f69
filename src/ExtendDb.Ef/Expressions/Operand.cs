using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>Something in an expression that has a value for an item.</summary>
internal abstract class Operand
{
    /// <summary>Gets the type that the value has for every item; null when that depends on the item.</summary>
    public virtual AttributeType? Type => null;

    /// <summary>Returns the value for an item; null when there is none.</summary>
    public abstract AttributeValue? For(AttributeMap item);

    /// <summary>A path into the item.</summary>
    public sealed class OfPath(DocumentPath path) : Operand
    {
        public DocumentPath Path { get; } = path;

        public override AttributeValue? For(AttributeMap item) => Path.In(item);
    }

    /// <summary>A value that the request gives.</summary>
    public sealed class Literal(AttributeValue value) : Operand
    {
        public AttributeValue Value { get; } = value;

        public override AttributeType? Type => Value.Type;

        public override AttributeValue? For(AttributeMap item) => Value;
    }

    /// <summary>The size of a value: characters of a string in UTF-16, bytes of a binary, members of a set, list or map; of others none.</summary>
    public sealed class Size(Operand of) : Operand
    {
        public override AttributeType? Type => AttributeType.N;

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
