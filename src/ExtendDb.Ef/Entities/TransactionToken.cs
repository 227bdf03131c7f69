namespace ExtendDb.Ef.Entities;

/// <summary>A row of <c>transaction_tokens</c>: the ClientRequestToken of a transaction that was done.</summary>
public sealed class TransactionToken
{
    /// <summary>Gets the token.</summary>
    public required string Token { get; init; }

    /// <summary>Gets the SHA-256 of the request that has it.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>Gets when it was taken; ten minutes later another request can have it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
