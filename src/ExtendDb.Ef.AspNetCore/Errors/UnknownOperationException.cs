using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Errors;

/// <summary>The request names an operation that is not supported.</summary>
/// <param name="message">The name of the operation.</param>
public sealed class UnknownOperationException(string message) : DynamoDbException(message);
