namespace ExtendDb.Ef.Errors;

/// <summary>The request breaks one of DynamoDB's rules; sending it again will not help.</summary>
/// <param name="message">What was wrong and where.</param>
public sealed class ValidationException(string message) : DynamoDbException(message)
{
    internal static ValidationException InvalidParameter(string what) =>
        new("One or more parameter values were invalid: " + what);

    internal static ValidationException InvalidKeyValue(string what) =>
        new("One or more parameter values are not valid. " + what);

    /// <summary>A constraint on one member of the request's shape failed, said as DynamoDB says it.</summary>
    internal static ValidationException Constraint(string value, string member, string constraint) =>
        new($"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");
}
