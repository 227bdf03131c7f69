using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>A condition of a request on items.</summary>
/// <param name="Predicate">What must hold.</param>
/// <param name="Paths">All paths that it names.</param>
internal sealed record ItemCondition(Predicate Predicate, IReadOnlyList<DocumentPath> Paths)
{
    /// <summary>Parses the condition of a write; null for none.</summary>
    /// <exception cref="ValidationException">The expression is not one; the message says what is wrong.</exception>
    public static ItemCondition? Parse(
        string? text, Placeholders placeholders, string kind = "ConditionExpression") =>
        text is null ? null : ConditionParser.Parse(kind, text, placeholders);

    /// <summary>Refuses a write when the stored item does not fulfil the condition; null is no item.</summary>
    /// <exception cref="ConditionalCheckFailedException">It does not.</exception>
    public void Demand(AttributeMap? stored, ReturnValuesOnConditionCheckFailure whenFalse)
    {
        if (!Holds(stored))
        {
            throw new ConditionalCheckFailedException(
                whenFalse == ReturnValuesOnConditionCheckFailure.ALL_OLD ? stored : null);
        }
    }

    /// <summary>Tells whether an item fulfils the condition; null is no item.</summary>
    public bool Holds(AttributeMap? item) => Predicate.Holds(item ?? AttributeMap.Empty);
}
