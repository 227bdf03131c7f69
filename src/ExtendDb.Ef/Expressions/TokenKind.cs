namespace ExtendDb.Ef.Expressions;

/// <summary>What a token of an expression is.</summary>
internal enum TokenKind
{
    /// <summary>The name of an attribute or a function.</summary>
    Identifier,

    /// <summary>A word of the language, such as AND or SET; in an expression of any kind.</summary>
    Keyword,

    /// <summary><c>#name</c>.</summary>
    NamePlaceholder,

    /// <summary><c>:value</c>.</summary>
    ValuePlaceholder,

    /// <summary>Digits, for the index of a list.</summary>
    Digits,

    /// <summary>An operator, a bracket, a comma or a point.</summary>
    Symbol,

    /// <summary>A character that no expression holds.</summary>
    Illegal,

    /// <summary>The end of the text.</summary>
    End,
}
