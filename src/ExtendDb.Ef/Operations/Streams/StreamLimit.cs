using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.Streams;

/// <summary>Checks the Limit of a request, whose two bounds have messages of two kinds.</summary>
internal static class StreamLimit
{
    /// <exception cref="ValidationException">The limit is below 1 or above the maximum.</exception>
    public static void Check(int? limit, int max, string tooMany)
    {
        new RequestValidator().AtLeast(limit, 1, "limit").ThrowIfBroken();
        if (limit > max)
        {
            throw ValidationException.InvalidParameter(tooMany);
        }
    }
}
