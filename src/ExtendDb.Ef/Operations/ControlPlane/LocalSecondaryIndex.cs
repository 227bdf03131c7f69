namespace ExtendDb.Ef.Model;

/// <summary>A local secondary index that CreateTable creates.</summary>
/// <param name="IndexName">The name of the index, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>.</param>
/// <param name="KeySchema">The key of the index: the HASH of the table, and another RANGE.</param>
/// <param name="Projection">The attributes that the entries hold.</param>
public sealed record LocalSecondaryIndex(
    string IndexName, IReadOnlyList<KeySchemaElement> KeySchema, Projection Projection);
