namespace ExtendDb.Ef.Model;

/// <summary>A local secondary index to be created.</summary>
/// <param name="IndexName">Its name, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>.</param>
/// <param name="KeySchema">Its key: the table's HASH, and another RANGE.</param>
/// <param name="Projection">Which attributes its entries hold.</param>
public sealed record LocalSecondaryIndex(
    string IndexName, IReadOnlyList<KeySchemaElement> KeySchema, Projection Projection);
