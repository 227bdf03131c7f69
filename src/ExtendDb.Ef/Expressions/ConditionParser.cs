using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>Parses a ConditionExpression, FilterExpression or KeyConditionExpression.</summary>
/// <remarks>
/// Parentheses can contain a condition or an operand, which is known only at the closing one, so both are parsed as one
/// <see cref="Part"/>. Source: DynamoDB developer guide, Condition and filter expressions, operators and functions.
/// </remarks>
internal sealed class ConditionParser : ExpressionParser
{
    private static readonly string[] Comparators = ["=", "<>", "<", "<=", ">", ">="];

    private ConditionParser(string kind, string text, Placeholders placeholders)
        : base(kind, text, placeholders)
    {
    }

    /// <summary>Parses a condition.</summary>
    /// <exception cref="ExtendDb.Ef.Model.ValidationException">
    /// The expression is invalid; the message names the error.
    /// </exception>
    public static ItemCondition Parse(string kind, string text, Placeholders placeholders)
    {
        var parser = new ConditionParser(kind, text, placeholders);
        var predicate = parser.AsCondition(parser.ParseOr());
        parser.End();
        return new(predicate, parser.Paths);
    }

    /// <summary>A parsed part of the expression: a condition, an operand, or a call that can be either.</summary>
    /// <param name="Condition">The condition; null when the part is none.</param>
    /// <param name="Operand">The operand; null when the part is none.</param>
    /// <param name="Function">The name of the called function; null when the part is not a call.</param>
    /// <param name="InParentheses">Whether the part is directly enclosed in parentheses.</param>
    private readonly record struct Part(
        Predicate? Condition, Operand? Operand, Token? Function = null, bool InParentheses = false);

    private Part ParseOr()
    {
        var left = ParseAnd();
        while (Is("OR"))
        {
            var condition = AsCondition(left);
            Expect("OR");
            CountOperator();
            left = new(new Predicate.Or(condition, AsCondition(ParseAnd())), Operand: null);
        }

        return left;
    }

    private Part ParseAnd()
    {
        var left = ParseNot();
        while (Is("AND"))
        {
            var condition = AsCondition(left);
            Expect("AND");
            CountOperator();
            left = new(new Predicate.And(condition, AsCondition(ParseNot())), Operand: null);
        }

        return left;
    }

    private Part ParseNot()
    {
        var negations = 0;
        while (Skip("NOT"))
        {
            CountOperator();
            negations++;
        }

        var part = ParseComparison();
        for (; negations > 0; negations--)
        {
            part = new(new Predicate.Not(AsCondition(part)), Operand: null);
        }

        return part;
    }

    private Part ParseComparison()
    {
        var left = ParsePrimary(ParseOr);
        if (left.Condition is not null && left.Function is null)
        {
            return left;
        }

        foreach (var symbol in Comparators)
        {
            if (Skip(symbol))
            {
                CountOperator();
                return new(Rules.Compare(symbol, AsOperand(left), ParseOperand()), Operand: null);
            }
        }

        if (Skip("BETWEEN"))
        {
            CountOperator();
            var low = ParseOperand();
            Expect("AND");
            return new(Rules.Between(AsOperand(left), low, ParseOperand()), Operand: null);
        }

        if (Skip("IN"))
        {
            CountOperator();
            Expect("(");
            return new(Rules.In(AsOperand(left), ParseOperands()), Operand: null);
        }

        return left;
    }

    private Operand ParseOperand() => AsOperand(ParseOperandPart());

    private Part ParseOperandPart() => ParsePrimary(ParseOperandPart);

    /// <summary>Parses a path, a value, a call, or a part in parentheses that the delegate parses.</summary>
    private Part ParsePrimary(Func<Part> inParentheses)
    {
        if (Is("("))
        {
            return ParseParentheses(inParentheses);
        }

        if (Current.Kind == TokenKind.ValuePlaceholder)
        {
            return new(Condition: null, Literal(ParseValue()));
        }

        return Current.Kind == TokenKind.Identifier && Is(Following, "(")
            ? ParseCall()
            : new(Condition: null, new Operand.OfPath(ParsePath()));
    }

    private Part ParseParentheses(Func<Part> parse)
    {
        Expect("(");
        var inner = Within(parse);
        Expect(")");
        CheckParentheses(inner.InParentheses);

        // A path may continue after parentheses.
        return inner.Operand is Operand.OfPath { Path: var path } && (Is(".") || Is("["))
            ? new(Condition: null, new Operand.OfPath(ParsePath(path)))
            : inner with { InParentheses = true };
    }

    /// <summary>Parses operands up to the closing parenthesis.</summary>
    private List<Operand> ParseOperands()
    {
        var operands = new List<Operand> { ParseOperand() };
        while (Skip(","))
        {
            operands.Add(ParseOperand());
        }

        Expect(")");
        return operands;
    }

    private Part ParseCall()
    {
        var name = Current;
        var function = Expect(TokenKind.Identifier);
        Expect("(");
        CountOperator();
        if (!OperandRules.IsOfConditions(function))
        {
            NoteWord(name, function is "if_not_exists" or "list_append"
                ? $"The function is not allowed in a condition expression; function: {function}"
                : $"Invalid function name; function: {function}");
        }

        var operands = Within(ParseOperands);
        return OperandRules.IsCondition(function) ? new(Rules.Call(function, operands), Operand: null, name)
            : function == "size" ? new(Condition: null, Rules.Size(function, operands), name)
            : new(new Predicate.AttributeExists(operands[0]), operands[0], name);
    }

    /// <summary>Returns a part as a condition; a path, a value or a size is an error.</summary>
    private Predicate AsCondition(Part part)
    {
        if (part.Condition is not null)
        {
            return part.Condition;
        }

        NoteMisuse(part.Function ?? throw SyntaxError());
        return new Predicate.AttributeExists(part.Operand!);
    }

    /// <summary>Returns a part as an operand; a condition is an error.</summary>
    private Operand AsOperand(Part part)
    {
        if (part.Operand is not null)
        {
            return part.Operand;
        }

        NoteMisuse(part.Function ?? throw SyntaxError());
        return Literal(null);
    }

    // No expression with an undefined value is evaluated, so any value will do until the error is thrown.
    private static Operand.Literal Literal(AttributeValue? value) => new(value ?? new AttributeValue.S(string.Empty));
}
