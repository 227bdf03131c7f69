namespace ExtendDb.Ef.Typed;

/// <summary>What JSON is that does not show it.</summary>
internal enum DocumentForm
{
    /// <summary>Strings, numbers, Booleans, nulls, and lists and objects of them.</summary>
    Plain,

    /// <summary>A string that is a binary in base64.</summary>
    Binary,

    /// <summary>A list that is a set, when all its elements are strings, numbers or binaries.</summary>
    Set,

    /// <summary>A list whose elements have a shape.</summary>
    List,

    /// <summary>An object with any names, whose values have a shape.</summary>
    Dictionary,

    /// <summary>An object whose members have shapes.</summary>
    Object,

    /// <summary>DynamoDB JSON of one value.</summary>
    AttributeValue,

    /// <summary>DynamoDB JSON of a map.</summary>
    AttributeMap,
}
