namespace ExtendDb.Ef.Keys;

/// <summary>The origin of the value of an index key; DynamoDB has a different message for each.</summary>
internal enum KeyOrigin
{
    /// <summary>The value is part of an item that is put.</summary>
    Put,

    /// <summary>The value is given in the request of an UpdateItem.</summary>
    Given,

    /// <summary>The value is part of an item that results from an UpdateItem.</summary>
    Updated,
}
