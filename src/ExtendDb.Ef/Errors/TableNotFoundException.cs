namespace ExtendDb.Ef.Model;

/// <summary>There is no such table, in the words of the operations on backups.</summary>
public sealed class TableNotFoundException(string tableName) : DynamoDbException($"Table not found: {tableName}");
