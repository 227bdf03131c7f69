namespace ExtendDb.Ef.Model;

/// <summary>The part of an attribute in a key. Source: DynamoDB API, KeySchemaElement.</summary>
public enum KeyType
{
    // From 1, so that an element without a part is not taken for a partition key.

    /// <summary>The partition key.</summary>
    HASH = 1,

    /// <summary>The sort key.</summary>
    RANGE,
}
