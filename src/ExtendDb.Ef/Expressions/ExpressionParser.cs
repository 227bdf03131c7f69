using System.Globalization;
using System.Text;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>The base of the expression parsers: tokens, paths, placeholders, and the order of errors.</summary>
/// <remarks>
/// A syntax error is thrown at once, and so are redundant parentheses. All other errors are only recorded, and the
/// gravest one is thrown at the end, so that a later syntax error comes first; among errors of one rank the one with
/// the lowest place counts.
/// </remarks>
internal abstract class ExpressionParser
{
    public const int MaxBytes = 4_096;
    private const int MaxOperators = 300;
    private const int MaxDepth = 300;

    private readonly string _kind;
    private readonly string _text;
    private readonly Placeholders _placeholders;
    private readonly List<Token> _tokens;
    private int _at;
    private int _operators;
    private int _depth;
    private (ErrorRank Problem, int Place, string Message)? _gravest;

    protected ExpressionParser(string kind, string text, Placeholders placeholders)
    {
        _kind = kind;
        Rules = new(message => Note(ErrorRank.Operand, message));
        _text = text;
        _placeholders = placeholders;
        if (text.Length == 0)
        {
            throw Invalid("The expression can not be empty;");
        }

        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > MaxBytes)
        {
            throw Invalid("Expression size has exceeded the maximum allowed size;"
                + (this is ConditionParser ? $" expression size: {bytes}" : string.Empty));
        }

        _tokens = Lexer.Tokens(text);
    }

    /// <summary>Gets all parsed paths, in their order.</summary>
    protected List<DocumentPath> Paths { get; } = [];

    /// <summary>Gets the rules for operands, whose breaches are recorded.</summary>
    protected OperandRules Rules { get; }

    protected Token Current => _tokens[_at];

    protected Token Following => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    /// <summary>Returns whether the current token is a symbol or a keyword.</summary>
    protected bool Is(string word) => Is(Current, word);

    protected bool Is(Token token, string word) =>
        token.Kind is TokenKind.Symbol or TokenKind.Keyword
        && Text(token).Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Moves past the current token if it is a symbol or a keyword.</summary>
    protected bool Skip(string word)
    {
        if (!Is(word))
        {
            return false;
        }

        _at++;
        return true;
    }

    protected void Expect(string word)
    {
        if (!Skip(word))
        {
            throw SyntaxError();
        }
    }

    /// <summary>Returns the text of the current token, which must be of a kind, and moves past it.</summary>
    protected string Expect(TokenKind kind)
    {
        if (Current.Kind != kind)
        {
            throw SyntaxError();
        }

        return Text(_tokens[_at++]).ToString();
    }

    /// <summary>Ends the parsing; throws when text is left, or when an error was recorded.</summary>
    protected void End()
    {
        Expect(TokenKind.End);
        if (_operators > MaxOperators)
        {
            // DynamoDB counts no further, however many operators there are.
            Note(ErrorRank.Size, $"The expression contains too many operators; operator count: {MaxOperators + 1}");
        }

        if (_gravest is { } gravest)
        {
            throw Invalid(gravest.Message);
        }
    }

    protected void CountOperator() => _operators++;

    /// <summary>Records an error at the present place.</summary>
    protected void Note(ErrorRank problem, string message) => Note(problem, Place, message);

    /// <summary>Records an error at a word; the first such word in the text counts.</summary>
    protected void NoteWord(Token word, string message) => Note(ErrorRank.Word, word.Start, message);

    private void Note(ErrorRank problem, int place, string message)
    {
        if (_gravest is null || (problem, place).CompareTo((_gravest.Value.Problem, _gravest.Value.Place)) < 0)
        {
            _gravest = (problem, place, message);
        }
    }

    protected ValidationException Invalid(string what) => new($"Invalid {_kind}: {what}");

    // The text near a token goes from the token before to the token after, which may be the end.
    protected ValidationException SyntaxError()
    {
        var token = Current.Kind == TokenKind.End ? "<EOF>" : Text(Current);
        var from = _at > 0 ? _tokens[_at - 1].Start : 0;
        return Invalid($"Syntax error; token: \"{token}\", near: \"{_text.AsSpan(from, Following.End - from)}\"");
    }

    /// <summary>Parses a path, or the rest of a path whose beginning is given.</summary>
    protected DocumentPath ParsePath(DocumentPath? beginning = null, ErrorRank whenUndefined = ErrorRank.Operand)
    {
        var steps = beginning?.Steps.ToList() ?? [new(ParseName(whenUndefined))];
        while (true)
        {
            if (Skip("."))
            {
                steps.Add(new(ParseName(whenUndefined)));
            }
            else if (Skip("["))
            {
                steps.Add(new(Name: null, ParseIndex()));
                Expect("]");
            }
            else
            {
                break;
            }
        }

        if (steps.Count > DocumentPath.MaxSteps)
        {
            Note(ErrorRank.Operand, $"The document path has too many nesting levels; nesting levels: {steps.Count}");
        }

        var path = new DocumentPath(steps);
        Paths.Add(path);
        return path;
    }

    /// <summary>Parses a value placeholder; an undefined one is recorded as an error and gives null.</summary>
    protected AttributeValue? ParseValue()
    {
        var placeholder = Expect(TokenKind.ValuePlaceholder);
        var value = _placeholders.Value(placeholder);
        if (value is null)
        {
            Note(
                ErrorRank.Operand,
                $"An expression attribute value used in expression is not defined; attribute value: {placeholder}");
        }

        return value;
    }

    /// <summary>Records a function in a wrong position.</summary>
    protected void NoteMisuse(Token function) => NoteWord(
        function, $"The function is not allowed to be used this way in an expression; function: {Text(function)}");

    /// <summary>Records an error when two paths overlap or conflict.</summary>
    protected void CheckDistinct(IReadOnlyList<DocumentPath> paths)
    {
        if (DistinctPaths.Collision(paths) is { } collision)
        {
            Note(ErrorRank.Target, -collision.Index, collision.Message);
        }
    }

    /// <summary>Refuses parentheses directly around other parentheses, at once.</summary>
    protected void CheckParentheses(bool aroundOthers)
    {
        if (aroundOthers)
        {
            throw Invalid("The expression has redundant parentheses;");
        }
    }

    /// <summary>Parses the content of parentheses; limits their depth, because of the stack.</summary>
    protected T Within<T>(Func<T> parse)
    {
        if (++_depth > MaxDepth)
        {
            throw Invalid($"The expression has too many levels of nesting; the limit is {MaxDepth}");
        }

        var inner = parse();
        _depth--;
        return inner;
    }

    /// <summary>
    /// Gets the place of the present element; of equally grave errors, the one with the lowest place counts.
    /// </summary>
    protected virtual int Place => 0;

    private string ParseName(ErrorRank whenUndefined)
    {
        if (Current.Kind == TokenKind.NamePlaceholder)
        {
            var placeholder = Expect(TokenKind.NamePlaceholder);
            var defined = _placeholders.Name(placeholder);
            if (defined is null)
            {
                Note(
                    whenUndefined,
                    "An expression attribute name used in the document path is not defined; "
                    + $"attribute name: {placeholder}");
            }

            return defined ?? placeholder;
        }

        var token = Current;
        var name = Expect(TokenKind.Identifier);
        if (ReservedWords.Contains(name))
        {
            NoteWord(token, $"Attribute name is a reserved keyword; reserved keyword: {name}");
        }

        return name;
    }

    private int ParseIndex()
    {
        var token = Current;
        var digits = Expect(TokenKind.Digits);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            NoteWord(token, $"List index is not within the allowable range; index: [{digits}]");
        }

        return index;
    }

    private ReadOnlySpan<char> Text(Token token) => _text.AsSpan(token.Start, token.End - token.Start);
}
