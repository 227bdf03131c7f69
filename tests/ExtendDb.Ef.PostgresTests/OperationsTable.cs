using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests;

/// <summary>
/// Writes a table's definition in few words: a key is "Artist:S Title:S", its partition key first, and one of several
/// attributes "Artist:S Label:S | Year:N Title:S".
/// </summary>
internal static class OperationsTable
{
    /// <summary>Makes a table with a name of its own.</summary>
    public static CreateTableRequest Of(string key) =>
        new($"table_{Guid.NewGuid():N}", KeySchema(key), [.. Definitions(key)]);

    public static CreateTableRequest WithGlobal(
        this CreateTableRequest table, string name, string key, Projection? projection = null, int? delayMs = null,
        long? read = null) =>
        table with
        {
            AttributeDefinitions = Merged(table, key),
            GlobalSecondaryIndexes =
            [
                .. table.GlobalSecondaryIndexes,
                new(name, KeySchema(key), projection ?? Projection.All)
                {
                    ProvisionedThroughput = read is null ? null : new(read, 1),
                    PropagationDelay = delayMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
                },
            ],
        };

    public static CreateTableRequest WithLocal(
        this CreateTableRequest table, string name, string key, Projection? projection = null) =>
        table with
        {
            AttributeDefinitions = Merged(table, key),
            LocalSecondaryIndexes =
                [.. table.LocalSecondaryIndexes, new(name, KeySchema(key), projection ?? Projection.All)],
        };

    private static List<AttributeDefinition> Merged(CreateTableRequest table, string key) =>
        [.. table.AttributeDefinitions.Concat(Definitions(key)).Distinct()];

    private static List<KeySchemaElement> KeySchema(string key) =>
        [.. Definitions(key).Select((d, i) => new KeySchemaElement(d.AttributeName, i < Hashes(key) ? KeyType.HASH : KeyType.RANGE))];

    private static int Hashes(string key) => key.Contains('|', StringComparison.Ordinal)
        ? Definitions(key[..key.IndexOf('|', StringComparison.Ordinal)]).Count()
        : 1;

    private static IEnumerable<AttributeDefinition> Definitions(string key) => key
        .Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split(':'))
        .Select(part => new AttributeDefinition(part[0], Enum.Parse<AttributeType>(part[1])));
}
