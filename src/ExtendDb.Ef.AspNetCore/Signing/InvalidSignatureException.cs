using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>The signature does not match the request, the time, or the service.</summary>
/// <param name="message">The mismatch.</param>
internal sealed class InvalidSignatureException(string message) : DynamoDbException(message)
{
    /// <summary>Returns an exception whose message says only that the signatures differ.</summary>
    public static InvalidSignatureException Mismatch() =>
        new("The request signature we calculated does not match the signature you provided. Check your AWS Secret "
            + "Access Key and signing method. Consult the service documentation for details.");
}
