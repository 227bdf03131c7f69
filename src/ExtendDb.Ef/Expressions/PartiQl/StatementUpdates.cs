using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>Turns SET and REMOVE of a statement into the update that expressions are parsed to.</summary>
/// <param name="values">The values of literals and parameters.</param>
internal sealed class StatementUpdates(StatementValues values)
{
    private readonly OperandRules _rules = new(message => throw new ValidationException(message));

    /// <summary>Returns the update.</summary>
    /// <exception cref="ValidationException">A change has an operand that its function does not take, or two overlap.</exception>
    public ItemUpdate Of(IReadOnlyList<(Term Target, Term? Value)> changes)
    {
        var actions = new List<UpdateAction>();
        var paths = new List<DocumentPath>();
        foreach (var (target, value) in changes)
        {
            var path = StatementPaths.Of(target);
            paths.Add(path);
            actions.Add(value switch
            {
                null => new UpdateAction.Remove(path),
                Term.Call { Function: "set_add" } call => new UpdateAction.Add(path, SetOf(call, path)),
                Term.Call { Function: "set_delete" } call => new UpdateAction.Delete(path, SetOf(call, path)),
                _ => SetTo(path, value, paths),
            });
        }

        // DynamoDB names the later path first.
        if (DistinctPaths.Collision([.. actions.Select(action => action.Path).Reverse()]) is { } collision)
        {
            throw new ValidationException(collision.Message);
        }

        return new(actions, paths);
    }

    private UpdateAction.Set SetTo(DocumentPath path, Term value, List<DocumentPath> paths)
    {
        var operand = OperandOf(value);
        paths.AddRange(operand.Paths);
        return new(path, operand);
    }

    private AttributeValue SetOf(Term.Call call, DocumentPath target)
    {
        var function = call.Function.ToUpperInvariant();
        if (call.Arguments.Count != 2)
        {
            throw new ValidationException($"{function} must have exactly two arguments{call.At.Place}");
        }

        if (!StatementPaths.IsPath(call.Arguments[0]) || !StatementPaths.Of(call.Arguments[0]).Equals(target))
        {
            throw new ValidationException(
                $"The first argument to {function} must equal the assignment value{call.At.Place}");
        }

        var isValue = StatementValues.IsValue(call.Arguments[1]);
        return isValue && values.Of(call.Arguments[1]) is (AttributeValue.SS or AttributeValue.NS or AttributeValue.BS) and var set
            ? set
            : throw new ValidationException(
                $"The second argument to {function} must be a value with type SET{call.Arguments[0].At.Place}");
    }

    private Operand OperandOf(Term term) => term switch
    {
        _ when StatementPaths.IsPath(term) => new Operand.OfPath(StatementPaths.Of(term)),
        _ when StatementValues.IsValue(term) => new Operand.Literal(values.Of(term)),
        Term.Missing => throw new ValidationException("MISSING must be compared using IS operator"),
        Term.Call { Function: "if_not_exists" } call => _rules.IfNotExists(call.Function, Arguments(call)),
        Term.Call { Function: "list_append" } call => _rules.ListAppend(call.Function, Arguments(call)),
        Term.Call call => throw new ValidationException(OperandRules.IsOfConditions(call.Function)
            ? $"The function is not allowed in an update expression; function: {call.Function}"
            : $"Unrecognized function: {call.Function}{call.At.Place}"),
        Term.Operation { Symbol: "+" or "-" } sum => SumOf(sum),
        Term.TypeTest => throw new ValidationException("IS operator is not supported in update expressions"),
        _ => throw new ValidationException($"Unsupported operator in Update Expression. Operator: {term.Description}"),
    };

    // Without operands, the rules find their number wrong before they look at one.
    private Operand[] Arguments(Term.Call call) => [.. call.Arguments.Select(OperandOf)];

    private UpdateOperand.Sum SumOf(Term.Operation sum)
    {
        _rules.HasCount(sum.Symbol, sum.Operands.Count, 2);
        var (left, right) = (OperandOf(sum.Operands[0]), OperandOf(sum.Operands[1]));
        _rules.CheckNumber(sum.Symbol, left);
        _rules.CheckNumber(sum.Symbol, right);
        return new(left, right, sum.Symbol == "-");
    }
}
