namespace ExtendDb.Ef.Model;

/// <summary>The request breaks one of DynamoDB's rules; sending it again will not help.</summary>
/// <param name="message">What was wrong and where.</param>
public sealed class ValidationException(string message) : DynamoDbException(message)
{
    /// <summary>Gets whether a transaction is refused for this as a whole, instead of being cancelled with it as a reason.</summary>
    internal bool RefusesTransaction { get; init; }

    internal static ValidationException InvalidParameter(string what) =>
        new("One or more parameter values were invalid: " + what);

    internal static ValidationException InvalidKeyValue(string what) =>
        new("One or more parameter values are not valid. " + what) { RefusesTransaction = true };
}
