using Xunit.Abstractions;

namespace ExtendDb.Ef.TestKit;

/// <summary>A source of random cases that writes its seed beside the failure; EXTENDDB_TEST_SEED repeats a run.</summary>
public sealed class SeededRandom : Random
{
    private const string Variable = "EXTENDDB_TEST_SEED";

    private SeededRandom(int seed) : base(seed) => Seed = seed;

    /// <summary>Gets the seed, for the sources of what runs beside this one.</summary>
    public int Seed { get; }

    public static SeededRandom Printed(ITestOutputHelper output)
    {
        var seed = TestVariable.Number(Variable, otherwise: Shared.Next());
        output.WriteLine($"To repeat: {Variable}={seed}");
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
