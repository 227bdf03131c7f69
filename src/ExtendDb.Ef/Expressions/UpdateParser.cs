using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>Parses an UpdateExpression. Source: DynamoDB developer guide, Update expressions.</summary>
internal sealed class UpdateParser : ExpressionParser
{
    private static readonly string[] Clauses = ["SET", "REMOVE", "ADD", "DELETE"];
    private readonly List<UpdateAction> _actions = [];
    private readonly HashSet<string> _clauses = [];

    private UpdateParser(string text, Placeholders placeholders)
        : base("UpdateExpression", text, placeholders)
    {
    }

    // DynamoDB reports the last invalid action.
    protected override int Place => -_actions.Count;

    /// <summary>Parses an update.</summary>
    /// <exception cref="ExtendDb.Ef.Model.ValidationException">
    /// The expression is invalid; the message names the error.
    /// </exception>
    public static ItemUpdate Parse(string text, Placeholders placeholders)
    {
        var parser = new UpdateParser(text, placeholders);
        do
        {
            parser.ParseClause();
        }
        while (parser.Current.Kind != TokenKind.End);
        parser.CheckDistinct([.. parser._actions.Select(action => action.Path)]);
        parser.End();
        return new(parser._actions, parser.Paths);
    }

    private void ParseClause()
    {
        var clause = Clauses.FirstOrDefault(Skip) ?? throw SyntaxError();
        if (!_clauses.Add(clause))
        {
            Note(ErrorRank.Clause, $"The \"{clause}\" section can only be used once in an update expression;");
        }

        do
        {
            _actions.Add(ParseAction(clause, ParsePath(whenUndefined: ErrorRank.Target)));
        }
        while (Skip(","));
    }

    private UpdateAction ParseAction(string clause, DocumentPath path)
    {
        switch (clause)
        {
            case "SET":
                Expect("=");
                return new UpdateAction.Set(path, ParseSum().Value);
            case "REMOVE":
                return new UpdateAction.Remove(path);
            case "ADD":
                return new UpdateAction.Add(path, ParseValueOf(
                    clause, AttributeType.N, AttributeType.SS, AttributeType.NS, AttributeType.BS));
            default:
                return new UpdateAction.Delete(path, ParseValueOf(
                    clause, AttributeType.SS, AttributeType.NS, AttributeType.BS));
        }
    }

    private AttributeValue ParseValueOf(string clause, params AttributeType[] types)
    {
        var value = ParseValue();
        if (value is not null && !types.Contains(value.Type))
        {
            Note(
                ErrorRank.Operand,
                $"Incorrect operand type for operator or function; operator: {clause}, "
                + $"operand type: {LongName(value.Type)}, typeSet: ALLOWED_FOR_{clause}_OPERAND");
        }

        return value ?? new AttributeValue.NULL();
    }

    /// <summary>
    /// An operand of SET, whether it is in parentheses, and the token of list_append when it is a call of that.
    /// </summary>
    private readonly record struct Part(Operand Value, bool InParentheses = false, Token? ListAppend = null);

    private Part ParseSum()
    {
        var left = ParseOperand(sumAllowed: true);
        if (left.Value is UpdateOperand.Sum)
        {
            return left;
        }

        foreach (var symbol in (ReadOnlySpan<string>)["+", "-"])
        {
            if (Skip(symbol))
            {
                CountOperator();
                var right = ParseOperand(sumAllowed: false);
                CheckNumber(symbol, left);
                CheckNumber(symbol, right);
                return new(new UpdateOperand.Sum(left.Value, right.Value, symbol == "-"));
            }
        }

        return left;
    }

    private void CheckNumber(string symbol, Part operand)
    {
        CheckNoList(operand);
        Rules.CheckNumber(symbol, operand.Value);
    }

    /// <summary>Records a call of list_append as an operand, because it can only be a whole right-hand side.</summary>
    private void CheckNoList(Part operand)
    {
        if (operand.ListAppend is { } function)
        {
            NoteMisuse(function);
        }
    }

    private Part ParseOperand(bool sumAllowed)
    {
        if (Skip("("))
        {
            var inner = Within(() => sumAllowed ? ParseSum() : ParseOperand(sumAllowed: false));
            Expect(")");
            CheckParentheses(inner.InParentheses);
            return inner with { InParentheses = true };
        }

        if (Current.Kind == TokenKind.ValuePlaceholder)
        {
            return new(new Operand.Literal(ParseValue() ?? new AttributeValue.N(default)));
        }

        return Current.Kind == TokenKind.Identifier && Is(Following, "(")
            ? ParseCall()
            : new(new Operand.OfPath(ParsePath()));
    }

    private Part ParseCall()
    {
        var name = Current;
        var function = Expect(TokenKind.Identifier);
        Expect("(");
        CountOperator();
        if (function is not ("if_not_exists" or "list_append"))
        {
            NoteWord(name, OperandRules.IsOfConditions(function)
                ? $"The function is not allowed in an update expression; function: {function}"
                : $"Invalid function name; function: {function}");
        }

        var operands = Within(ParseOperands);
        operands.ForEach(CheckNoList);
        Operand[] values = [.. operands.Select(operand => operand.Value)];
        return function switch
        {
            "if_not_exists" => new(Rules.IfNotExists(function, values)),
            "list_append" => new(Rules.ListAppend(function, values), ListAppend: name),
            _ => new(values[0]),
        };
    }

    /// <summary>Parses operands up to the closing parenthesis.</summary>
    private List<Part> ParseOperands()
    {
        var operands = new List<Part>();
        do
        {
            operands.Add(ParseOperand(sumAllowed: false));
        }
        while (Skip(","));
        Expect(")");
        return operands;
    }

    private static string LongName(AttributeType type) => type switch
    {
        AttributeType.S => "STRING",
        AttributeType.N => "NUMBER",
        AttributeType.B => "BINARY",
        AttributeType.BOOL => "BOOLEAN",
        AttributeType.L => "LIST",
        AttributeType.M => "MAP",
        _ => $"{type}",
    };
}
