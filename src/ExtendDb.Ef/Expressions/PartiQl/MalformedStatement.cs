using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>Creates the exceptions for statements whose syntax is wrong. Source: observed on the service.</summary>
internal static class MalformedStatement
{
    /// <summary>Creates the exception.</summary>
    /// <param name="detail">What is wrong; empty for text that is no token.</param>
    public static ValidationException Because(string detail) =>
        new($"Statement wasn't well formed, can't be processed: {detail}");
}
