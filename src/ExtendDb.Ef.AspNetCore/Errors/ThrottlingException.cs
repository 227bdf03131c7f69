using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Errors;

/// <summary>The request has waited too long for its turn; SDKs try it again by themselves.</summary>
internal sealed class ThrottlingException() : DynamoDbException(
    "Rate of requests exceeds the allowed throughput.");
