using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests;

/// <summary>Writes a query in few words.</summary>
internal static class OperationsQuery
{
    public static QueryRequest Of(string table, params (string Attribute, Condition Is)[] conditions) =>
        new(table) { KeyConditions = conditions.ToDictionary(c => c.Attribute, c => c.Is) };

    public static QueryRequest OfIndex(
        string table, string index, params (string Attribute, Condition Is)[] conditions) =>
        Of(table, conditions) with { IndexName = index };
}
