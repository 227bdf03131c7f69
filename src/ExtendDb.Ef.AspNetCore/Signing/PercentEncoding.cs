using System.Buffers;
using System.Text;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>
/// Encodes text in the form that is signed: all but the unreserved characters, in capitals. Source: RFC 3986, 2.1 to
/// 2.3.
/// </summary>
internal static class PercentEncoding
{
    private const string Digits = "0123456789ABCDEF";

    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>Encodes text, its percent signs included.</summary>
    public static string Encode(ReadOnlySpan<char> text) => Encode(text, isEncoded: false);

    /// <summary>
    /// Converts text with any escapes to the signed form; a percent sign that begins no escape is encoded.
    /// </summary>
    public static string Recode(ReadOnlySpan<char> text) => Encode(text, isEncoded: true);

    private static string Encode(ReadOnlySpan<char> text, bool isEncoded)
    {
        if (!text.ContainsAnyExcept(Unreserved))
        {
            return text.ToString();
        }

        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        var encoded = new StringBuilder(bytes.Length + 16);
        for (var i = 0; i < bytes.Length; i++)
        {
            var next = bytes[i];
            if (isEncoded && next == '%' && i + 2 < bytes.Length
                && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                next = (byte)((HexValue(bytes[i + 1]) << 4) | HexValue(bytes[i + 2]));
                i += 2;
            }

            if (Unreserved.Contains((char)next))
            {
                encoded.Append((char)next);
            }
            else
            {
                encoded.Append('%').Append(Digits[next >> 4]).Append(Digits[next & 15]);
            }
        }

        return encoded.ToString();
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
