using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Errors;

/// <summary>The request names an operation that is not supported.</summary>
/// <param name="message">The name of the operation.</param>
internal sealed class UnknownOperationException(string message) : DynamoDbException(message);
