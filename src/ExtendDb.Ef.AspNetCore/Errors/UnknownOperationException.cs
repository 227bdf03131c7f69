using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Errors;

/// <summary>The request names an operation that is not there.</summary>
/// <param name="message">Which one.</param>
public sealed class UnknownOperationException(string message) : DynamoDbException(message);
