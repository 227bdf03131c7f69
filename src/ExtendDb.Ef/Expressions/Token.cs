namespace ExtendDb.Ef.Expressions;

/// <summary>A token of an expression.</summary>
/// <param name="Kind">The kind of the token.</param>
/// <param name="Start">The position of its first character in the text.</param>
/// <param name="End">The position after its last character.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End);
