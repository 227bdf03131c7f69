using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Errors;

/// <summary>The body of a request is larger than DynamoDB accepts.</summary>
internal sealed class RequestTooLargeException() : DynamoDbException("The request is larger than 16 MB");
