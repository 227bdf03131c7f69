namespace ExtendDb.Ef.Attributes;

/// <summary>Compares strings by their bytes in UTF-8, as DynamoDB does.</summary>
internal sealed class Utf8Comparer : IComparer<string>
{
    public static Utf8Comparer Instance { get; } = new();

    // Code units of UTF-16 sort like the bytes of UTF-8, except surrogates, which stand for characters after U+FFFF.
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return Comparer<string>.Default.Compare(x, y);
        }

        var common = x.AsSpan().CommonPrefixLength(y);
        if (common == x.Length || common == y.Length)
        {
            return x.Length - y.Length;
        }

        var (l, r) = (x[common], y[common]);
        return char.IsSurrogate(l) == char.IsSurrogate(r) ? l - r : char.IsSurrogate(l) ? 1 : -1;
    }
}
