namespace ExtendDb.Ef.Model;

/// <summary>The table has an item with the primary key of the item that a PartiQL INSERT was to create.</summary>
public sealed class DuplicateItemException() : DynamoDbException("Duplicate primary key exists in table");
