namespace ExtendDb.Ef.Model;

/// <summary>A refusal that DynamoDB has a name for. Nothing was written when one is thrown.</summary>
/// <param name="message">What was wrong and where.</param>
/// <param name="inner">The cause, if another exception was it.</param>
public abstract class DynamoDbException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Gets DynamoDB's name of the error, such as <c>ValidationException</c>.</summary>
    public string ErrorCode => GetType().Name;
}
