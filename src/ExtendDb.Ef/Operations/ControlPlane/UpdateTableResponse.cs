namespace ExtendDb.Ef.Model;

/// <summary>The response of UpdateTable.</summary>
public sealed record UpdateTableResponse
{
    /// <summary>Gets the table after the change, with the status UPDATING as in DynamoDB.</summary>
    public required TableDescription TableDescription { get; init; }
}
