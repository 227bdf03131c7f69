using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>A parsed condition of a request on items.</summary>
/// <param name="Predicate">The predicate that an item must fulfil.</param>
/// <param name="Paths">All paths in the condition.</param>
internal sealed record ItemCondition(Predicate Predicate, IReadOnlyList<DocumentPath> Paths)
{
    /// <summary>Parses the condition of a write; null for none.</summary>
    /// <exception cref="ValidationException">The expression is invalid; the message names the error.</exception>
    public static ItemCondition? Parse(
        string? text, Placeholders placeholders, string kind = "ConditionExpression") =>
        text is null ? null : ConditionParser.Parse(kind, text, placeholders);

    /// <summary>Refuses a write when the stored item does not fulfil the condition; null stands for no item.</summary>
    /// <exception cref="ConditionalCheckFailedException">The item does not fulfil the condition.</exception>
    public void Demand(AttributeMap? stored, ReturnValuesOnConditionCheckFailure whenFalse)
    {
        if (!Holds(stored))
        {
            throw new ConditionalCheckFailedException(
                whenFalse == ReturnValuesOnConditionCheckFailure.ALL_OLD ? stored : null);
        }
    }

    /// <summary>Returns whether an item fulfils the condition; null stands for no item.</summary>
    public bool Holds(AttributeMap? item) => Predicate.Holds(item ?? AttributeMap.Empty);
}
