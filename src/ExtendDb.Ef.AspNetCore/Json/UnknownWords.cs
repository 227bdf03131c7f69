using System.Globalization;
using System.Text.RegularExpressions;

namespace ExtendDb.Ef.AspNetCore.Json;

/// <summary>The words of one request that stand where DynamoDB knows only certain others.</summary>
/// <remarks>
/// An enumeration has no room for them. Each gets a number that no enumeration uses; the operation refuses that number in
/// a message, and the word is put back there.
/// </remarks>
internal sealed partial class UnknownWords
{
    [ThreadStatic]
    private static UnknownWords? _current;

    private readonly List<string> _words = [];

    /// <summary>Reads a request, which happens on one thread, and collects its words.</summary>
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

    /// <summary>Notes a word of the request that this thread is reading.</summary>
    public static int NumberOf(string word)
    {
        var words = _current!._words;
        words.Add(word);
        return Number(words.Count - 1);
    }

    /// <summary>Puts the words back into a message that shows their numbers.</summary>
    /// <remarks>In one pass: a word can look like the number of another one, and must not be taken for it.</remarks>
    public string PutBack(string message) => _words.Count == 0 ? message : QuotedNumbers().Replace(message, quoted =>
        int.TryParse(quoted.ValueSpan[1..^1], CultureInfo.InvariantCulture, out var number)
        && (long)number - int.MinValue is var position && position < _words.Count
            ? $"'{_words[(int)position]}'"
            : quoted.Value);

    private static int Number(int position) => int.MinValue + position;

    [GeneratedRegex(@"'-\d{10}'")]
    private static partial Regex QuotedNumbers();
}
