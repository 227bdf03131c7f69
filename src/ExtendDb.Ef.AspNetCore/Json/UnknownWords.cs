using System.Globalization;

namespace ExtendDb.Ef.AspNetCore.Json;

/// <summary>The words of one request that stand where DynamoDB knows only certain others.</summary>
/// <remarks>
/// An enumeration has no room for them. Each gets a number that no enumeration uses; the operation refuses that number in
/// a message, and the word is put back there.
/// </remarks>
internal sealed class UnknownWords
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
    public string PutBack(string message)
    {
        for (var i = 0; i < _words.Count; i++)
        {
            message = message.Replace(Quoted(Number(i).ToString(CultureInfo.InvariantCulture)), Quoted(_words[i]), StringComparison.Ordinal);
        }

        return message;
    }

    private static int Number(int position) => int.MinValue + position;

    private static string Quoted(string text) => $"'{text}'";
}
