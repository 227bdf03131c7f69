using System.Globalization;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests;

/// <summary>A source of random cases that writes its seed beside the failure; EXTENDDB_TEST_SEED repeats a run.</summary>
internal sealed class SeededRandom : Random
{
    private SeededRandom(int seed) : base(seed)
    {
    }

    public static SeededRandom Printed(ITestOutputHelper output)
    {
        var seed = Environment.GetEnvironmentVariable("EXTENDDB_TEST_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Shared.Next();
        output.WriteLine($"To repeat: EXTENDDB_TEST_SEED={seed}");
        return new(seed);
    }

    /// <summary>Makes the source of a seed that is printed already.</summary>
    public static SeededRandom Of(int seed) => new(seed);

    public T OneOf<T>(params ReadOnlySpan<T> choices) => choices[Next(choices.Length)];

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        NextBytes(bytes);
        return bytes;
    }
}
