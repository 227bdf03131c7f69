namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>A token of a statement.</summary>
/// <param name="Kind">The kind of the token.</param>
/// <param name="Text">The text without quotes; of a keyword in lower case.</param>
/// <param name="Line">The line on which the token begins, from 1.</param>
/// <param name="Column">The column at which the token begins, from 1.</param>
/// <param name="Length">The number of characters in the statement, with quotes.</param>
internal sealed record StatementToken(StatementTokenKind Kind, string Text, int Line, int Column, int Length)
{
    /// <summary>Gets the place of the token as DynamoDB's messages end with it.</summary>
    public string Place => $" at {Line}:{Column}:{Length}";

    /// <summary>Gets whether the token is a name.</summary>
    public bool IsName => Kind is StatementTokenKind.Identifier or StatementTokenKind.QuotedIdentifier;

    /// <summary>Returns whether the token is a keyword or a symbol; the text is in lower case.</summary>
    public bool Is(string text) => Kind is StatementTokenKind.Keyword or StatementTokenKind.Symbol && Text == text;
}
