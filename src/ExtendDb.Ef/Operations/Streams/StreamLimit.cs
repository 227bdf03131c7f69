using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.Streams;

/// <summary>Checks the upper bound of a Limit; the lower one is part of the shape of a request, which has another message.</summary>
internal static class StreamLimit
{
    /// <exception cref="ValidationException">The limit is above the maximum.</exception>
    public static void CheckMost(int? limit, int max, string tooMany)
    {
        if (limit > max)
        {
            throw ValidationException.InvalidParameter(tooMany);
        }
    }
}
