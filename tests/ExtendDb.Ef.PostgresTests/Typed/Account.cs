namespace ExtendDb.Ef.PostgresTests.Typed;

public sealed record Account([PartitionKey] string Id, int Balance, [ItemVersion] long Version = 0);
