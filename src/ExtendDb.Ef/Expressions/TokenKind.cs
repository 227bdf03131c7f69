namespace ExtendDb.Ef.Expressions;

/// <summary>The kinds of tokens in an expression.</summary>
internal enum TokenKind
{
    /// <summary>The name of an attribute or a function.</summary>
    Identifier,

    /// <summary>A keyword, such as AND or SET; it is reserved in expressions of every kind.</summary>
    Keyword,

    /// <summary>A placeholder for a name, such as <c>#name</c>.</summary>
    NamePlaceholder,

    /// <summary>A placeholder for a value, such as <c>:value</c>.</summary>
    ValuePlaceholder,

    /// <summary>Digits, which are the index of a list.</summary>
    Digits,

    /// <summary>An operator, a bracket, a comma or a point.</summary>
    Symbol,

    /// <summary>A character that no expression can contain.</summary>
    Illegal,

    /// <summary>The end of the text.</summary>
    End,
}
