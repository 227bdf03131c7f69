namespace ExtendDb.Ef.Model;

/// <summary>The ClientRequestToken was used within the last ten minutes for a different transaction.</summary>
public sealed class IdempotentParameterMismatchException()
    : DynamoDbException("The parameters of the request do not match those of the one before with this client request token");
