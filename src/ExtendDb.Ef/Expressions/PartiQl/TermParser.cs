using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>Parses the terms of a statement: values, paths, calls and operators.</summary>
internal class TermParser
{
    /// <summary>The largest depth of terms within terms, because of the stack.</summary>
    private const int MaxDepth = 300;

    /// <summary>The largest number of operators in a statement, as in an expression.</summary>
    private const int MaxOperators = 300;

    private const int Negation = 40;
    private const int Equality = 50;
    private const int Order = 60;
    private const int Unary = 100;

    private static readonly string[] Types =
    [
        "missing", "null", "bool", "boolean", "smallint", "int", "integer", "float", "real", "decimal", "dec", "numeric", "date",
        "timestamp", "char", "character", "varchar", "string", "symbol", "clob", "blob", "struct", "tuple", "list", "sexp", "bag",
        "int4", "int8",
    ];

    private static readonly string[] CallableKeywords =
    [
        "size", "exists", "count", "sum", "avg", "min", "max", "substring", "trim", "upper", "lower", "char_length",
        "character_length", "bit_length", "octet_length", "position", "extract", "coalesce", "nullif", "date_add", "date_diff",
    ];

    private readonly List<StatementToken> _tokens;
    private int _at;
    private int _depth;
    private int _operators;

    protected TermParser(string text) => _tokens = StatementLexer.Tokens(text);

    /// <summary>Gets the number of parameters that the parsed part has.</summary>
    public int Parameters { get; private set; }

    protected StatementToken Current => _tokens[_at];

    protected StatementToken Following => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    protected bool IsAtEnd => Current.Kind == StatementTokenKind.End;

    /// <summary>Moves past the current token, and returns it.</summary>
    protected StatementToken Take() => _tokens[IsAtEnd ? _at : _at++];

    /// <summary>Moves past the current token if it is a keyword or a symbol.</summary>
    protected bool Skip(string text)
    {
        if (!Current.Is(text))
        {
            return false;
        }

        _at++;
        return true;
    }

    protected void Expect(string text, string detail)
    {
        if (!Skip(text))
        {
            throw MalformedStatement.Because(detail);
        }
    }

    /// <summary>Parses a term with all operators that bind at least as strongly as given.</summary>
    protected Term ParseTerm(int binding = 0)
    {
        if (++_depth > MaxDepth)
        {
            throw new ValidationException("Nesting Levels have exceeded supported limits");
        }

        var left = ParseSteps(ParsePrimary());
        while (BindingOf(Current) is { } found && found > binding)
        {
            left = ParseInfix(left, found);
        }

        _depth--;
        return left;
    }

    /// <summary>Parses a name and the steps of a path behind it.</summary>
    protected Term ParsePath()
    {
        if (!Current.IsName)
        {
            throw MalformedStatement.Because("Expected identifier for simple path");
        }

        return ParseSteps(new Term.Name(Take()));
    }

    private int? BindingOf(StatementToken token) => token switch
    {
        { Kind: StatementTokenKind.Keyword } => token.Text switch
        {
            "or" => 20,
            "and" => 30,
            "is" or "in" => Equality,
            "between" or "like" => Order,
            "not" when Following.Is("in") => Equality,
            "not" when Following.Is("between") || Following.Is("like") => Order,
            _ => null,
        },
        { Kind: StatementTokenKind.Symbol } => token.Text switch
        {
            "=" or "<>" or "!=" => Equality,
            "<" or "<=" or ">" or ">=" => Order,
            "||" => 70,
            "+" or "-" => 80,
            "*" or "/" or "%" => 90,
            _ => null,
        },
        _ => null,
    };

    private Term ParseInfix(Term left, int binding)
    {
        var isNegated = Skip("not");
        var token = Take();
        var term = ParseInfix(left, token, binding);
        CountOperator();
        return isNegated ? new Term.Operation(token, "not", [term]) : term;
    }

    private Term ParseInfix(Term left, StatementToken token, int binding)
    {
        switch (token.Text)
        {
            case "is":
                var isNot = Skip("not");
                var test = ParseType(left);
                return isNot ? new Term.Operation(token, "not", [test]) : test;
            case "in" when Current.Is("("):
                var opening = Take();
                return new Term.Operation(token, "in", [left, new Term.Sequence(opening, ParseItems(")"), IsBag: false)]);
            case "between":
                var low = ParseRight(Order);
                Expect("and", "Expected AND after BETWEEN");
                return new Term.Operation(token, "between", [left, low, ParseRight(Order)]);
            default:
                return new Term.Operation(token, token.Text == "!=" ? "<>" : token.Text, [left, ParseRight(binding)]);
        }
    }

    private Term ParseRight(int binding) => IsAtEnd
        ? throw MalformedStatement.Because("Missing right-hand side expression of infix operator")
        : ParseTerm(binding);

    private Term.TypeTest ParseType(Term operand)
    {
        var type = Take();
        var name = type.Text.ToLowerInvariant();
        return type.Kind is StatementTokenKind.Keyword or StatementTokenKind.Identifier && Types.Contains(name)
            ? new(type, operand, name)
            : throw MalformedStatement.Because("Expected type name");
    }

    private Term ParsePrimary()
    {
        var token = Take();
        switch (token.Kind)
        {
            case StatementTokenKind.String or StatementTokenKind.Number:
                return new Term.Literal(token);
            case StatementTokenKind.Parameter:
                return new Term.Parameter(token, Parameters++);
            case StatementTokenKind.QuotedIdentifier:
                return new Term.Name(token);
            case StatementTokenKind.Identifier:
                return Current.Is("(") ? ParseCall(token) : new Term.Name(token);
            case StatementTokenKind.Keyword:
                return ParseKeyword(token);
            case StatementTokenKind.Symbol:
                return ParseSymbol(token);
            default:
                throw MalformedStatement.Because("Unexpected term");
        }
    }

    private Term ParseKeyword(StatementToken token)
    {
        switch (token.Text)
        {
            case "true" or "false" or "null":
                return new Term.Literal(token);
            case "missing":
                return new Term.Missing(token);
            case "not":
                CountOperator();
                return new Term.Operation(token, "not", [ParseTerm(Negation)]);
            case "select" or "case" or "cast" or "pivot":
                throw new ValidationException($"Unsupported token in expression: {token.Text.ToUpperInvariant()}{token.Place}");
            case var word when Current.Is("(") && CallableKeywords.Contains(word):
                return ParseCall(token);
            case "and" or "or" or "in" or "is" or "like" or "between":
                throw MalformedStatement.Because("Unexpected operator");
            default:
                throw MalformedStatement.Because("Unexpected keyword");
        }
    }

    private Term ParseSymbol(StatementToken token)
    {
        switch (token.Text)
        {
            case "(":
                var items = ParseItems(")");
                return items.Count == 1 ? items[0] : new Term.Sequence(token, items, IsBag: false);
            case "[":
                return new Term.Sequence(token, ParseItems("]", mayBeEmpty: true), IsBag: false);
            case "<<":
                return new Term.Sequence(token, ParseItems(">>", mayBeEmpty: true), IsBag: true);
            case "{":
                return new Term.Tuple(token, ParseMembers());
            case "-" or "+":
                return Signed(token, ParseTerm(Unary));
            case ")" or "]" or "}" or "," or ";" or ".":
                throw MalformedStatement.Because("Unexpected term");
            default:
                throw MalformedStatement.Because("Unexpected operator");
        }
    }

    private Term Signed(StatementToken sign, Term term)
    {
        if (term is Term.Literal { At.Kind: StatementTokenKind.Number } number)
        {
            return sign.Text == "-" ? number with { IsNegative = !number.IsNegative } : number;
        }

        CountOperator();
        return new Term.Operation(sign, sign.Text, [term]);
    }

    private Term.Call ParseCall(StatementToken name)
    {
        Take();
        CountOperator();
        if (Current.Is("*") && Following.Is(")"))
        {
            // COUNT(*) is well formed, and means nothing anywhere.
            Take();
        }

        return new(name, ParseItems(")", mayBeEmpty: true));
    }

    /// <summary>Parses terms with commas up to a closing bracket.</summary>
    private List<Term> ParseItems(string closing, bool mayBeEmpty = false)
    {
        var items = new List<Term>();
        if (mayBeEmpty && Skip(closing))
        {
            return items;
        }

        do
        {
            items.Add(ParseTerm());
        }
        while (Skip(","));
        Expect(closing, $"Expected {closing}");
        return items;
    }

    private List<(Term Name, Term Value)> ParseMembers()
    {
        var members = new List<(Term, Term)>();
        if (Skip("}"))
        {
            return members;
        }

        do
        {
            var name = ParseTerm();
            Expect(":", "Expected :");
            members.Add((name, ParseTerm()));
        }
        while (Skip(","));
        Expect("}", "Expected }");
        return members;
    }

    private Term ParseSteps(Term root)
    {
        var steps = new List<Term.PathPart>();
        while (true)
        {
            if (Skip("."))
            {
                steps.Add(ParseStep());
            }
            else if (Skip("["))
            {
                var at = Current;
                steps.Add(Skip("*") ? new(null, null, at) : new(null, ParseTerm(), at));
                Expect("]", "Expected ]");
            }
            else
            {
                return steps.Count == 0 ? root : new Term.Path(root, steps);
            }
        }
    }

    private Term.PathPart ParseStep()
    {
        var token = Take();
        return token.IsName ? new(token.Text, Index: null, token)
            : token.Is("*") ? new(null, null, token)
            : throw MalformedStatement.Because("Invalid path dot component");
    }

    private void CountOperator()
    {
        if (++_operators > MaxOperators)
        {
            throw new ValidationException($"The expression contains too many operators; operator count: {_operators}");
        }
    }
}
