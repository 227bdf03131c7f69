using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Errors;

/// <summary>The body of a request is larger than DynamoDB accepts.</summary>
public sealed class RequestTooLargeException() : DynamoDbException("The request is larger than 16 MB");
