namespace ExtendDb.Ef.Expressions;

/// <summary>A run of characters of an expression that belong together.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where the text goes on after it.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End);
