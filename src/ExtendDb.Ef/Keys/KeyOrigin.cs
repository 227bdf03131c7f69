namespace ExtendDb.Ef.Keys;

/// <summary>Where a value of an index key comes from; DynamoDB has other words for each.</summary>
internal enum KeyOrigin
{
    /// <summary>An item that is put.</summary>
    Put,

    /// <summary>A value that the request of an UpdateItem gives.</summary>
    Given,

    /// <summary>An item as an UpdateItem has made it.</summary>
    Updated,
}
