using System.Globalization;
using System.Text.RegularExpressions;

namespace ExtendDb.Ef.AspNetCore.Json;

/// <summary>Keeps the enumeration values of one request that DynamoDB does not know.</summary>
/// <remarks>
/// An enumeration cannot hold such a value. Each gets a number that no enumeration uses; the operation refuses that
/// number in a message, in which the number is replaced by the value.
/// </remarks>
internal sealed partial class UnknownEnumValues
{
    [ThreadStatic]
    private static UnknownEnumValues? _current;

    private readonly List<string> _words = [];

    /// <summary>Reads a request on this thread, and keeps the unknown values of the request.</summary>
    public T Collect<T>(Func<T> read)
    {
        _current = this;
        try
        {
            return read();
        }
        finally
        {
            _current = null;
        }
    }

    /// <summary>Adds an unknown value of the request that this thread is reading, and returns its number.</summary>
    public static int NumberOf(string word)
    {
        var words = _current!._words;
        words.Add(word);
        return Number(words.Count - 1);
    }

    /// <summary>Replaces the numbers in a message by the values.</summary>
    /// <remarks>The replacement is one pass, because a value can look like the number of another one.</remarks>
    public string PutBack(string message) => _words.Count == 0 ? message : QuotedNumbers().Replace(message, quoted =>
        int.TryParse(quoted.ValueSpan[1..^1], CultureInfo.InvariantCulture, out var number)
        && (long)number - int.MinValue is var position && position < _words.Count
            ? $"'{_words[(int)position]}'"
            : quoted.Value);

    private static int Number(int position) => int.MinValue + position;

    [GeneratedRegex(@"'-\d{10}'")]
    private static partial Regex QuotedNumbers();
}
