using System.Globalization;
using System.Text;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>Splits the text of a statement into tokens.</summary>
internal sealed class StatementLexer
{
    private static readonly string[] Symbols =
    [
        "<<", ">>", "<>", "<=", ">=", "!=", "||",
        "(", ")", "[", "]", "{", "}", ",", ".", ":", ";", "=", "<", ">", "+", "-", "*", "/", "%",
    ];

    private readonly string _text;
    private readonly List<StatementToken> _tokens = [];
    private int _at;
    private int _line = 1;
    private int _lineStart;

    private StatementLexer(string text) => _text = text;

    /// <summary>Returns the tokens of a statement; the last token is its end.</summary>
    /// <exception cref="ValidationException">The text has something that is no token.</exception>
    public static List<StatementToken> Tokens(string text)
    {
        var lexer = new StatementLexer(text);
        while (lexer.Next())
        {
        }

        return lexer._tokens;
    }

    private bool Next()
    {
        SkipBlanks();
        if (_at == _text.Length)
        {
            Add(StatementTokenKind.End, string.Empty, _at);
            return false;
        }

        var first = _text[_at];
        if (char.IsAsciiLetter(first) || first is '_' or '$')
        {
            AddWord();
        }
        else if (char.IsAsciiDigit(first) || (first == '.' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1])))
        {
            AddNumber();
        }
        else if (first is '\'' or '"')
        {
            AddQuoted(first, first == '"' ? StatementTokenKind.QuotedIdentifier : StatementTokenKind.String);
        }
        else if (first == '?')
        {
            Add(StatementTokenKind.Parameter, "?", _at + 1);
        }
        else if (first == '`')
        {
            throw new ValidationException("Ion Literals are not supported");
        }
        else
        {
            AddSymbol();
        }

        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]))
            {
                Pass();
            }
            else if (Follows("--"))
            {
                while (_at < _text.Length && _text[_at] != '\n')
                {
                    Pass();
                }
            }
            else if (Follows("/*"))
            {
                var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    throw MalformedStatement.Because(string.Empty);
                }

                while (_at < end + 2)
                {
                    Pass();
                }
            }
            else
            {
                return;
            }
        }
    }

    private void Pass()
    {
        if (_text[_at++] == '\n')
        {
            _line++;
            _lineStart = _at;
        }
    }

    private bool Follows(string symbol) => _text.AsSpan(_at).StartsWith(symbol, StringComparison.Ordinal);

    private void AddWord()
    {
        var end = _at + 1;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '_' or '$'))
        {
            end++;
        }

        var word = _text[_at..end];
        var lower = word.ToLowerInvariant();
        if (StatementKeywords.Contains(lower))
        {
            Add(StatementTokenKind.Keyword, lower, end);
        }
        else
        {
            Add(StatementTokenKind.Identifier, word, end);
        }
    }

    private void AddNumber()
    {
        var end = EndOfDigits(_at);
        var fraction = 0;
        if (end < _text.Length && _text[end] == '.')
        {
            var point = end;
            end = EndOfDigits(end + 1);
            fraction = end - point - 1;
        }

        if (end < _text.Length && _text[end] is 'e' or 'E')
        {
            var exponent = end + 1;
            end = EndOfDigits(exponent < _text.Length && _text[exponent] is '+' or '-' ? exponent + 1 : exponent);

            // The number of digits behind the point, with the exponent applied, must be an integer of 32 bits too.
            if (!int.TryParse(_text.AsSpan(exponent, end - exponent), CultureInfo.InvariantCulture, out var power)
                || fraction - (long)power is > int.MaxValue or < int.MinValue)
            {
                throw MalformedStatement.Because(string.Empty);
            }
        }

        if (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_'))
        {
            throw MalformedStatement.Because(string.Empty);
        }

        Add(StatementTokenKind.Number, _text[_at..end], end);
    }

    private int EndOfDigits(int at)
    {
        while (at < _text.Length && char.IsAsciiDigit(_text[at]))
        {
            at++;
        }

        return at;
    }

    // A quote within is doubled.
    private void AddQuoted(char quote, StatementTokenKind kind)
    {
        var content = new StringBuilder();
        var (start, line, column) = (_at, _line, _at - _lineStart + 1);
        Pass();
        while (true)
        {
            if (_at == _text.Length)
            {
                throw MalformedStatement.Because(string.Empty);
            }

            if (_text[_at] == quote)
            {
                Pass();
                if (_at == _text.Length || _text[_at] != quote)
                {
                    break;
                }
            }

            content.Append(_text[_at]);
            Pass();
        }

        _tokens.Add(new(kind, content.ToString(), line, column, _at - start));
    }

    private void AddSymbol()
    {
        var symbol = Array.Find(Symbols, Follows) ?? throw MalformedStatement.Because(string.Empty);
        Add(StatementTokenKind.Symbol, symbol, _at + symbol.Length);
    }

    private void Add(StatementTokenKind kind, string text, int end)
    {
        _tokens.Add(new(kind, text, _line, _at - _lineStart + 1, end - _at));
        _at = end;
    }
}
