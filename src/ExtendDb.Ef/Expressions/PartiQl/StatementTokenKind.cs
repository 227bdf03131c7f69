namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>The kinds of tokens in a statement.</summary>
internal enum StatementTokenKind
{
    /// <summary>A name without quotes that is no keyword.</summary>
    Identifier,

    /// <summary>A name in double quotes, which can be a keyword too.</summary>
    QuotedIdentifier,

    /// <summary>A keyword, in lower case whatever the statement has.</summary>
    Keyword,

    /// <summary>A string in single quotes.</summary>
    String,

    /// <summary>A number without its sign.</summary>
    Number,

    /// <summary>A question mark, which stands for a parameter.</summary>
    Parameter,

    /// <summary>An operator, a bracket, a comma, a point or a semicolon.</summary>
    Symbol,

    /// <summary>The end of the statement.</summary>
    End,
}
