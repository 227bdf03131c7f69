using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Errors;

/// <summary>The database cannot be reached or accepts no more work; the same request can succeed later.</summary>
/// <param name="inner">The exception of the database or its driver.</param>
internal sealed class ServiceUnavailableException(Exception inner)
    : DynamoDbException("The database cannot be reached or takes no more requests at present; try again", inner);
