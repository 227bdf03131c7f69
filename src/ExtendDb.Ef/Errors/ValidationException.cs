namespace ExtendDb.Ef.Model;

/// <summary>The request breaks one of DynamoDB's rules; repeating it will not help.</summary>
/// <param name="message">The broken rule and the offending part of the request.</param>
public sealed class ValidationException(string message) : DynamoDbException(message)
{
    /// <summary>
    /// Gets whether this error refuses a whole transaction, instead of cancelling it with this error as a reason.
    /// </summary>
    internal bool RefusesTransaction { get; init; }

    internal static ValidationException InvalidParameter(string what) =>
        new("One or more parameter values were invalid: " + what);

    internal static ValidationException InvalidKeyValue(string what) =>
        new("One or more parameter values are not valid. " + what) { RefusesTransaction = true };
}
