using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ExtendDb.Ef;

/// <summary>
/// An expression of DynamoDB as an interpolated string, such as <c>$"Plays &lt; {most} AND begins_with(Title, {start})"</c>.
/// </summary>
/// <remarks>
/// Its values become placeholders such as <c>:v0</c>: none is ever part of the text. An <see cref="AttributePath"/> becomes
/// placeholders such as <c>#n0</c>, and another expression a part of this one. A value is stored as a member of its type is:
/// by the JSON contracts of the table. Source: DynamoDB developer guide, expressions.
/// </remarks>
[InterpolatedStringHandler]
public sealed class ItemExpression
{
    private readonly List<object?> _parts;

    /// <summary>Initializes the expression of an interpolated string; the compiler calls this.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ItemExpression(int literalLength, int formattedCount) => _parts = new(1 + (2 * formattedCount));

    /// <summary>Gets literals as <see cref="Literal"/>, paths, expressions, and values as they are.</summary>
    internal IReadOnlyList<object?> Parts => _parts;

    /// <summary>Adds a part of the text; the compiler calls this.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendLiteral(string value) => _parts.Add(new Literal(value));

    /// <summary>Adds a value, a path or an expression; the compiler calls this.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted<T>(T value) => _parts.Add(value);

    /// <summary>A part of the text, which cannot be taken for a value.</summary>
    internal sealed record Literal(string Text);
}
