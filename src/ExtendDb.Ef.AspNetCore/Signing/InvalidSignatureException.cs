using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>The signature is not that of this request, now, to this service.</summary>
/// <param name="message">What about it is wrong.</param>
internal sealed class InvalidSignatureException(string message) : DynamoDbException(message)
{
    /// <summary>Returns the refusal that tells no more than that the signatures differ.</summary>
    public static InvalidSignatureException Mismatch() =>
        new("The request signature we calculated does not match the signature you provided. Check your AWS Secret "
            + "Access Key and signing method. Consult the service documentation for details.");
}
