namespace ExtendDb.Ef.Model;

/// <summary>An error that DynamoDB has a name for; the operation that throws it has written nothing.</summary>
/// <param name="message">The broken rule or the missing thing, with its name.</param>
/// <param name="inner">The exception that caused this one; null when there is none.</param>
public abstract class DynamoDbException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Gets DynamoDB's name of the error, such as <c>ValidationException</c>.</summary>
    public string ErrorCode => GetType().Name;
}
