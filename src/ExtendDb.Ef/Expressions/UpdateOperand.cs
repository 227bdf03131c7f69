using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>The operands that only right-hand sides of SET can have.</summary>
internal static class UpdateOperand
{
    /// <summary>Returns the value of an operand, which must exist.</summary>
    /// <exception cref="ValidationException">The item has no such attribute.</exception>
    public static AttributeValue Required(Operand operand, AttributeMap item) => operand.For(item)
        ?? throw new ValidationException(
            "The provided expression refers to an attribute that does not exist in the item");

    public static ValidationException WrongType() =>
        new("An operand in the update expression has an incorrect data type");

    /// <summary>The value at a path, or another value when the path has none.</summary>
    public sealed class IfNotExists(Operand path, Operand otherwise) : Operand
    {
        public override IEnumerable<DocumentPath> Paths => [.. path.Paths, .. otherwise.Paths];

        // Both are evaluated, so that a missing attribute is an error whatever the path leads to.
        public override AttributeValue? For(AttributeMap item)
        {
            var value = Required(otherwise, item);
            return path.For(item) ?? value;
        }
    }

    /// <summary>The concatenation of two lists.</summary>
    public sealed class ListAppend(Operand first, Operand second) : Operand
    {
        public override AttributeType? Type => AttributeType.L;

        public override IEnumerable<DocumentPath> Paths => [.. first.Paths, .. second.Paths];

        public override AttributeValue? For(AttributeMap item) =>
            (Required(first, item), Required(second, item)) is (AttributeValue.L one, AttributeValue.L two)
                ? new AttributeValue.L([.. one.Value, .. two.Value])
                : throw WrongType();
    }

    /// <summary>The sum or the difference of two numbers, exactly.</summary>
    public sealed class Sum(Operand left, Operand right, bool subtract) : Operand
    {
        public override AttributeType? Type => AttributeType.N;

        public override IEnumerable<DocumentPath> Paths => [.. left.Paths, .. right.Paths];

        public override AttributeValue? For(AttributeMap item) =>
            (Required(left, item), Required(right, item)) is (AttributeValue.N one, AttributeValue.N two)
                ? new AttributeValue.N(subtract ? one.Value - two.Value : one.Value + two.Value)
                : throw WrongType();
    }
}
