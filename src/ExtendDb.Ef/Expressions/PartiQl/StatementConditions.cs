using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>Turns the WHERE of a statement into the condition that expressions are parsed to.</summary>
/// <param name="values">The values of literals and parameters.</param>
internal sealed class StatementConditions(StatementValues values)
{
    private const string WithinIs = "MISSING must be compared using IS operator";

    private readonly OperandRules _rules = new(message => throw new ValidationException(message));

    /// <summary>Returns the condition; null for none.</summary>
    /// <exception cref="ValidationException">The condition has an operand that its operator or function does not take.</exception>
    public ItemCondition? Of(Term? where)
    {
        if (where is null)
        {
            return null;
        }

        var predicate = PredicateOf(where)
            ?? throw new ValidationException("WHERE clause must contain an expression that resolves to a boolean");
        return new(predicate, [.. predicate.Paths]);
    }

    /// <summary>Returns the condition that a term is; null for a term that has another value.</summary>
    private Predicate? PredicateOf(Term term) => term switch
    {
        Term.Operation operation => PredicateOf(operation),
        Term.TypeTest test => PredicateOf(test),
        Term.Call call when OperandRules.IsCondition(call.Function) =>
            _rules.Call(call.Function, [.. call.Arguments.Select(OperandOf)]),
        Term.Call { Function: not "size" } call => throw new ValidationException(
            $"Unrecognized function: {call.Function}{call.At.Place}"),
        _ => null,
    };

    private Predicate PredicateOf(Term.Operation operation)
    {
        var terms = operation.Operands;
        switch (operation.Symbol)
        {
            case "and":
                return new Predicate.And(PartOf(terms[0]), PartOf(terms[1]));
            case "or":
                return new Predicate.Or(PartOf(terms[0]), PartOf(terms[1]));
            case "not":
                return new Predicate.Not(PredicateOf(terms[0])
                    ?? throw new ValidationException("The argument to NOT must be a Type or Expression"));
            case "=" or "<>" or "<" or "<=" or ">" or ">=":
                return _rules.Compare(operation.Symbol, OperandOf(terms[0]), OperandOf(terms[1]));
            case "between":
                return _rules.Between(OperandOf(terms[0]), OperandOf(terms[1]), OperandOf(terms[2]));
            case "in" when terms[1] is Term.Sequence { Items: { Count: > 0 } candidates }:
                return _rules.In(OperandOf(terms[0]), [.. candidates.Select(OperandOf)]);
            case "in":
                throw new ValidationException(
                    "IN operator must have a left hand argument of type Variable Reference and right hand argument of type "
                    + "Seq with at least one member");
            default:
                throw new ValidationException(
                    $"Unsupported operator in Condition Expression. Operator: {operation.Symbol}");
        }
    }

    private Predicate PartOf(Term term) => PredicateOf(term)
        ?? throw new ValidationException("The arguments to AND/OR must be Expressions");

    private Predicate PredicateOf(Term.TypeTest test)
    {
        if (!StatementPaths.IsPath(test.Operand) && !StatementValues.IsValue(test.Operand))
        {
            throw new ValidationException(
                "The left hand side argument to IS must be a Variable Reference, Literal, or Path");
        }

        var operand = OperandOf(test.Operand);
        AttributeType? type = test.TypeName switch
        {
            "null" => AttributeType.NULL,
            "bool" or "boolean" => AttributeType.BOOL,
            "blob" => AttributeType.B,
            "string" => AttributeType.S,
            "numeric" => AttributeType.N,
            "struct" or "tuple" => AttributeType.M,
            "list" => AttributeType.L,
            _ => null,
        };
        return test.TypeName == "missing" ? new Predicate.AttributeNotExists(operand)
            : type is { } given ? new Predicate.AttributeTypeIs(operand, given)
            : throw new ValidationException(
                $"Unsupported data type for IS operator: {test.TypeName.ToUpperInvariant()}. Supported data types are "
                + $"[MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST]{test.At.Place}");
    }

    private Operand OperandOf(Term term) => term switch
    {
        _ when StatementPaths.IsPath(term) => new Operand.OfPath(StatementPaths.Of(term)),
        _ when StatementValues.IsValue(term) => new Operand.Literal(values.Of(term)),
        Term.Missing => throw new ValidationException(WithinIs),
        Term.Call { Function: "size" } size => _rules.Size("size", [.. size.Arguments.Select(OperandOf)]),
        _ => new Operand.Truth(PredicateOf(term)!),
    };
}
