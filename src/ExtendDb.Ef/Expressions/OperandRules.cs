using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>Creates conditions and the values of updates, and reports operands that DynamoDB refuses.</summary>
/// <param name="refuse">Takes the message of a broken rule; it may throw, and what is created is then not used.</param>
/// <remarks>Source: DynamoDB developer guide, Condition and filter expressions, operators and functions.</remarks>
internal sealed class OperandRules(Action<string> refuse)
{
    private const int MaxCandidates = 100;

    private static readonly string[] NamesOfTypes = ["N", "BS", "L", "B", "NULL", "M", "S", "SS", "NS", "BOOL"];

    /// <summary>Returns whether a function is one of those that are conditions.</summary>
    public static bool IsCondition(string function) => function is "attribute_exists" or "attribute_not_exists"
        or "attribute_type" or "begins_with" or "contains";

    /// <summary>Returns whether a function may be used in conditions, and in no update.</summary>
    public static bool IsOfConditions(string function) => function == "size" || IsCondition(function);

    /// <summary>Creates the condition of a call; the function is one for which IsCondition is true.</summary>
    public Predicate Call(string function, IReadOnlyList<Operand> operands)
    {
        switch (function)
        {
            case "attribute_exists" or "attribute_not_exists":
                if (HasCount(function, operands.Count, 1) && operands[0] is not Operand.OfPath)
                {
                    RefuseNoPath(function);
                }

                return function == "attribute_exists"
                    ? new Predicate.AttributeExists(operands[0])
                    : new Predicate.AttributeNotExists(operands[0]);
            case "attribute_type":
                return TypeIs(function, operands);
            case "begins_with":
                return BeginsWith(function, operands);
            default:
                if (HasCount(function, operands.Count, 2))
                {
                    CheckDistinct(function, operands);
                }

                return new Predicate.Contains(operands[0], operands[^1]);
        }
    }

    /// <summary>Creates the size of a value.</summary>
    public Operand.Size Size(string function, IReadOnlyList<Operand> operands)
    {
        if (HasCount(function, operands.Count, 1)
            && operands[0].Type is AttributeType.N or AttributeType.BOOL or AttributeType.NULL)
        {
            RefuseType(function, $"{operands[0].Type}");
        }

        return new(operands[0]);
    }

    public Predicate.Comparison Compare(string symbol, Operand left, Operand right)
    {
        CheckDistinct(symbol, [left, right]);
        if (symbol is not ("=" or "<>"))
        {
            CheckOrdered(symbol, left, right);
        }

        return new(symbol, left, right);
    }

    public Predicate.Between Between(Operand value, Operand low, Operand high)
    {
        CheckOrdered("BETWEEN", value, low, high);
        CheckDistinct("BETWEEN", [value, low, high]);
        if ((low, high) is (Operand.Literal { Value: var l }, Operand.Literal { Value: var h })
            && BetweenBounds.Refusal(l, h) is { } refusal)
        {
            refuse(refusal);
        }

        return new(value, low, high);
    }

    public Predicate.In In(Operand value, IReadOnlyList<Operand> candidates)
    {
        CheckDistinct("IN", [value, .. candidates]);
        if (candidates.Count > MaxCandidates)
        {
            refuse($"The IN operator is provided with too many operands; number of operands: {candidates.Count}");
        }

        return new(value, candidates);
    }

    /// <summary>Creates the value of if_not_exists.</summary>
    public UpdateOperand.IfNotExists IfNotExists(string function, IReadOnlyList<Operand> operands)
    {
        if (HasCount(function, operands.Count, 2))
        {
            CheckDistinct(function, operands);
            if (operands[0] is not Operand.OfPath)
            {
                RefuseNoPath(function);
            }
        }

        return new(operands[0], operands[^1]);
    }

    /// <summary>Creates the value of list_append.</summary>
    public UpdateOperand.ListAppend ListAppend(string function, IReadOnlyList<Operand> operands)
    {
        if (HasCount(function, operands.Count, 2))
        {
            foreach (var operand in operands)
            {
                if (operand is Operand.Literal { Type: not AttributeType.L and var type })
                {
                    RefuseType(function, $"{type}");
                }
            }
        }

        return new(operands[0], operands[^1]);
    }

    /// <summary>Reports an operand of + or - that is not a number.</summary>
    public void CheckNumber(string symbol, Operand operand)
    {
        if (operand is Operand.Literal { Type: not AttributeType.N and var type })
        {
            RefuseType(symbol, $"{type}");
        }
    }

    /// <summary>Reports a wrong number of operands, and returns whether the number is right.</summary>
    public bool HasCount(string function, int given, int wanted)
    {
        if (given != wanted)
        {
            refuse(
                $"Incorrect number of operands for operator or function; operator or function: {function}, "
                + $"number of operands: {given}");
        }

        return given == wanted;
    }

    private Predicate.BeginsWith BeginsWith(string function, IReadOnlyList<Operand> operands)
    {
        if (HasCount(function, operands.Count, 2))
        {
            CheckDistinct(function, operands);
            foreach (var operand in operands)
            {
                if (operand.Type is not (null or AttributeType.S or AttributeType.B))
                {
                    RefuseType(function, $"{operand.Type}");
                }
            }
        }

        return new(operands[0], operands[^1]);
    }

    private Predicate.AttributeTypeIs TypeIs(string function, IReadOnlyList<Operand> operands)
    {
        var type = default(AttributeType);
        if (HasCount(function, operands.Count, 2))
        {
            CheckDistinct(function, operands);
            if (operands[1] is not Operand.Literal { Value: AttributeValue.S { Value: var name } })
            {
                RefuseType(function, operands[1].Type?.ToString() ?? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
            }
            else if (!NamesOfTypes.Contains(name))
            {
                refuse($"Invalid attribute type name found; type: {name}, valid types: {{{string.Join(',', NamesOfTypes)}}}");
            }
            else
            {
                type = Enum.Parse<AttributeType>(name);
            }
        }

        return new(operands[0], type);
    }

    private void RefuseType(string function, string type) => refuse(
        $"Incorrect operand type for operator or function; operator or function: {function}, operand type: {type}");

    private void RefuseNoPath(string function) =>
        refuse($"Operator or function requires a document path; operator or function: {function}");

    private void CheckOrdered(string symbol, params ReadOnlySpan<Operand> operands)
    {
        foreach (var operand in operands)
        {
            if (operand.Type is not (null or AttributeType.S or AttributeType.N or AttributeType.B))
            {
                RefuseType(symbol, $"{operand.Type}");
            }
        }
    }

    /// <summary>Reports when the first operand is a path and occurs again.</summary>
    private void CheckDistinct(string symbol, IReadOnlyList<Operand> operands)
    {
        if (operands[0] is not Operand.OfPath { Path: var first })
        {
            return;
        }

        for (var i = 1; i < operands.Count; i++)
        {
            if (operands[i] is Operand.OfPath { Path: var other } && other.Equals(first))
            {
                refuse(
                    "The first operand must be distinct from the remaining operands for this operator or function; "
                    + $"operator: {symbol}, first operand: {first}");
            }
        }
    }
}
