namespace ExtendDb.Ef.Expressions;

/// <summary>Splits the text of an expression into tokens.</summary>
internal static class Lexer
{
    private static readonly string[] Keywords = ["AND", "OR", "NOT", "BETWEEN", "IN", "SET", "REMOVE", "ADD", "DELETE"];

    /// <summary>Returns the tokens of a text; the last token is its end.</summary>
    public static List<Token> Tokens(string text)
    {
        var tokens = new List<Token>();
        for (var at = 0; ; at = tokens[^1].End)
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
            {
                at++;
            }

            tokens.Add(Next(text, at));
            if (tokens[^1].Kind == TokenKind.End)
            {
                return tokens;
            }
        }
    }

    private static Token Next(string text, int start)
    {
        if (start == text.Length)
        {
            return new(TokenKind.End, start, start);
        }

        var first = text[start];
        if (char.IsAsciiLetter(first))
        {
            var end = EndOfWord(text, start);
            return new(IsKeyword(text.AsSpan(start, end - start)) ? TokenKind.Keyword : TokenKind.Identifier, start, end);
        }

        if (first is '#' or ':')
        {
            var end = EndOfWord(text, start + 1);
            var kind = end == start + 1 ? TokenKind.Illegal
                : first == '#' ? TokenKind.NamePlaceholder : TokenKind.ValuePlaceholder;
            return new(kind, start, end);
        }

        if (char.IsAsciiDigit(first))
        {
            // An index is 0, or begins with another digit: 01 is two tokens.
            var end = start + 1;
            while (first != '0' && end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            return new(TokenKind.Digits, start, end);
        }

        if (text.AsSpan(start) is ['<', '>' or '=', ..] or ['>', '=', ..])
        {
            return new(TokenKind.Symbol, start, start + 2);
        }

        return first is '(' or ')' or '[' or ']' or ',' or '.' or '=' or '<' or '>' or '+' or '-'
            ? new(TokenKind.Symbol, start, start + 1)
            : new(TokenKind.Illegal, start, start + (char.IsSurrogatePair(text, start) ? 2 : 1));
    }

    private static int EndOfWord(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
        {
            at++;
        }

        return at;
    }

    private static bool IsKeyword(ReadOnlySpan<char> word)
    {
        foreach (var keyword in Keywords)
        {
            if (word.Equals(keyword, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
