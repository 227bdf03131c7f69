using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>A statement as the trees that expressions are parsed to; what depends on its table is not checked yet.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="Index">The name of the index; null for none.</param>
internal abstract record Statement(string Table, string? Index)
{
    /// <summary>Parses a statement.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parameters">The parameters, which have been checked.</param>
    /// <exception cref="ValidationException">The statement is not well formed, or breaks a rule that no table decides.</exception>
    public static Statement Parse(string text, IReadOnlyList<AttributeValue> parameters)
    {
        var syntax = StatementParser.Parse(text);
        if (syntax.Refusal is { } refusal)
        {
            throw new ValidationException(refusal);
        }

        if (syntax.Parameters != parameters.Count)
        {
            throw new ValidationException("Number of parameters in request and statement don't match.");
        }

        var (table, index) = StatementSource.Of(syntax);
        var values = new StatementValues(parameters);
        var where = new StatementConditions(values).Of(syntax.Where);
        switch (syntax.Kind)
        {
            case StatementKind.Insert:
                return new Insert(table, values.ItemOf(syntax.Item!));
            case StatementKind.Update:
                return new Update(table, index, new StatementUpdates(values).Of(syntax.Changes), where, syntax.Returning);
            case StatementKind.Delete:
                return syntax.Returning is null or { OnlyModified: false, IsNew: false }
                    ? new Delete(table, index, where, syntax.Returning)
                    : throw new ValidationException(
                        $"Invalid returning clause: RETURNING {syntax.Returning}. Only RETURNING ALL OLD * is allowed in DELETE "
                        + "statements.");
            default:
                var select = new Select(table, index, syntax.Columns, where, syntax.Order);
                return syntax.Kind == StatementKind.Exists ? new Exists(select) : select;
        }
    }

    /// <summary>A SELECT.</summary>
    /// <param name="Table">The name of the table.</param>
    /// <param name="Index">The name of the index; null for none.</param>
    /// <param name="Columns">The columns, which are checked after the table; null for all.</param>
    /// <param name="Where">The condition; null for none.</param>
    /// <param name="Order">The terms of ORDER BY, and whether each is descending.</param>
    public sealed record Select(
        string Table,
        string? Index,
        IReadOnlyList<Term>? Columns,
        ItemCondition? Where,
        IReadOnlyList<(Term By, bool IsDescending)> Order) : Statement(Table, Index);

    /// <summary>An INSERT.</summary>
    public sealed record Insert(string Table, AttributeMap Item) : Statement(Table, Index: null);

    /// <summary>An UPDATE.</summary>
    public sealed record Update(string Table, string? Index, ItemUpdate Changes, ItemCondition? Where, Returning? Returning)
        : Statement(Table, Index);

    /// <summary>A DELETE.</summary>
    public sealed record Delete(string Table, string? Index, ItemCondition? Where, Returning? Returning)
        : Statement(Table, Index);

    /// <summary>An EXISTS, which a transaction checks as a condition.</summary>
    public sealed record Exists(Select Read) : Statement(Read.Table, Read.Index);
}
