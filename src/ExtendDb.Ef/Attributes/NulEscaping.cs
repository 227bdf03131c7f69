using System.Text;

namespace ExtendDb.Ef.Attributes;

/// <summary>Escapes strings for JSON: not at all, or so that jsonb accepts them.</summary>
/// <remarks>
/// jsonb refuses U+0000 and DynamoDB allows it. In a stored document U+0001 is the escape character: U+0000 becomes
/// U+0001 '0', and U+0001 itself U+0001 '1'; every other string stays as it is, so that SQL reads it plainly.
/// </remarks>
internal sealed class NulEscaping
{
    private const char Escape = '\u0001';
    private readonly bool _escapes;

    private NulEscaping(bool escapes) => _escapes = escapes;

    public static NulEscaping Plain { get; } = new(false);

    public static NulEscaping Stored { get; } = new(true);

    public string Encode(string text)
    {
        if (!_escapes || text.AsSpan().IndexOfAny('\0', Escape) < 0)
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\0' => encoded.Append(Escape).Append('0'),
                Escape => encoded.Append(Escape).Append('1'),
                _ => encoded.Append(c),
            };
        }

        return encoded.ToString();
    }

    public string Decode(string text)
    {
        if (!_escapes || !text.Contains(Escape, StringComparison.Ordinal))
        {
            return text;
        }

        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Escape && i + 1 < text.Length)
            {
                decoded.Append(text[++i] == '0' ? '\0' : Escape);
            }
            else
            {
                decoded.Append(text[i]);
            }
        }

        return decoded.ToString();
    }
}
