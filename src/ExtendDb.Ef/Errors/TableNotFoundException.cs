namespace ExtendDb.Ef.Model;

/// <summary>The table does not exist; the operations on backups use this error for it.</summary>
public sealed class TableNotFoundException(string tableName) : DynamoDbException($"Table not found: {tableName}");
