namespace ExtendDb.Ef.Model;

/// <summary>One read of a transaction. Source: DynamoDB API, TransactGetItem.</summary>
/// <param name="Get">What to read.</param>
public sealed record TransactGetItem(Get Get);
