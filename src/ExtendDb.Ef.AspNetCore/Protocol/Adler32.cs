namespace ExtendDb.Ef.AspNetCore.Protocol;

/// <summary>The checksum at the end of a zlib stream. Source: RFC 1950, section 8.</summary>
internal static class Adler32
{
    private const uint Modulus = 65_521;

    // As many bytes as can be summed up before a sum exceeds 32 bits.
    private const int Run = 5_552;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var (low, high) = (1u, 0u);
        while (!bytes.IsEmpty)
        {
            var run = bytes[..Math.Min(Run, bytes.Length)];
            foreach (var value in run)
            {
                low += value;
                high += low;
            }

            (low, high) = (low % Modulus, high % Modulus);
            bytes = bytes[run.Length..];
        }

        return (high << 16) | low;
    }
}
