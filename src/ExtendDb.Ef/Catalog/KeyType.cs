namespace ExtendDb.Ef.Catalog;

/// <summary>The part of an attribute in a key. Source: DynamoDB API, KeySchemaElement.</summary>
public enum KeyType
{
    /// <summary>The partition key.</summary>
    HASH,

    /// <summary>The sort key.</summary>
    RANGE,
}
