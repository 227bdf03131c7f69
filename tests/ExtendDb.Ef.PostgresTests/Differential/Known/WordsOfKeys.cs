using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>Keys that are refused: of the table, and of its indexes.</summary>
internal static class WordsOfKeys
{
    private const string Mismatch = "The provided key element does not match the schema";

    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        Words.Of(
            "a table that is not there",
            "Cannot do operations on a non-existent table",
            "Requested resource not found",
            Source.Dynalite("getItem"),
            tables => new GetItemRequest("missing_table", new() { ["p"] = "a" })),
        Words.Of(
            "a key of another type",
            Words.Invalid + "Type mismatch for key",
            Mismatch,
            Source.Dynalite("getItem"),
            tables => new GetItemRequest(tables.Simple.Name, new() { ["p"] = 1 })),
        Words.Of(
            "a key of no scalar type",
            "Invalid attribute value type",
            Mismatch,
            Source.Dynalite("getItem"),
            tables => new GetItemRequest(tables.Simple.Name, new() { ["p"] = true })),
        Words.Of(
            "a key with too many or too few attributes",
            "The number of conditions on the keys is invalid",
            Mismatch,
            Source.Dynalite("getItem"),
            tables => new GetItemRequest(tables.Sorted.Name, new() { ["p"] = "a" })),
        Words.Of(
            "a key of a batch without an attribute",
            "One of the required keys was not given a value",
            Mismatch,
            Source.Dynalite("batchWriteItem"),
            tables => new BatchWriteItemRequest(new Dictionary<string, IReadOnlyList<WriteRequest>>
            {
                [tables.Numbered.Name] = [WriteRequest.Delete(new() { ["n1"] = 1, ["a"] = 1 })],
            })),
        Words.Of(
            "an empty key of a batch",
            "The list of keys in RequestItems for BatchGetItem may not contain null or empty values.*",
            Mismatch,
            Source.Dynalite("batchGetItem"),
            tables => new BatchGetItemRequest(new Dictionary<string, KeysAndAttributes> { [tables.Simple.Name] = new([[]]) })),
        Words.Of(
            "a batch without keys",
            "The list of keys in RequestItems for BatchGetItem is required: \\w+ has empty list",
            "1 validation error detected: Value at 'RequestItems.\\w+.member.Keys' failed to satisfy constraint: "
            + "Member must have length greater than or equal to 1",
            Source.Observed("1 validation error detected: Value at 'RequestItems.T.member.Keys' failed to satisfy constraint: ..."),
            tables => new BatchGetItemRequest(new Dictionary<string, KeysAndAttributes> { [tables.Simple.Name] = new([]) })),
        Words.Of(
            "a batch of more than 100 keys",
            "Too many items requested for the BatchGetItem call",
            "1 validation error detected: Value at 'RequestItems.\\w+.member.Keys' failed to satisfy constraint: "
            + "Member must have length less than or equal to 100",
            Source.Observed("1 validation error detected: Value at 'RequestItems.T.member.Keys' failed to satisfy constraint: ..."),
            tables => new BatchGetItemRequest(new Dictionary<string, KeysAndAttributes>
            {
                [tables.Simple.Name] = new([.. Enumerable.Range(0, 101).Select(i => new AttributeMap { ["p"] = $"{i}" })]),
            })),
        Words.Of(
            "an item with a key of another type",
            Words.Invalid + "Type mismatch for key",
            Words.Invalid + "Type mismatch for key \\w+ expected: \\w+ actual: \\w+",
            Source.Dynalite("putItem"),
            tables => new PutItemRequest(tables.Simple.Name, new() { ["p"] = 1 })),
        Words.Of(
            "an item with a key of no scalar type",
            "Invalid attribute value type",
            Words.Invalid + "Type mismatch for key \\w+ expected: \\w+ actual: \\w+",
            Source.Dynalite("putItem"),
            tables => new PutItemRequest(tables.Simple.Name, new() { ["p"] = true })),
        Words.Of(
            "an item without a key",
            "One of the required keys was not given a value",
            Words.Invalid + "Missing the key \\w+ in the item",
            Source.Dynalite("putItem"),
            tables => new PutItemRequest(tables.Numbered.Name, new() { ["n1"] = 1, ["a"] = 1 })),
        Words.Of(
            "a partition key that is too long",
            "Hash primary key values must be under 2048 bytes, and range primary key values must be under 1024 bytes",
            Words.Invalid + "Size of hashkey has exceeded the maximum size limit of2048 bytes",
            Source.Dynalite("putItem"),
            tables => new PutItemRequest(tables.Simple.Name, new() { ["p"] = new string('a', 2049) })),
        Words.Of(
            "a sort key that is too long",
            "Hash primary key values must be under 2048 bytes, and range primary key values must be under 1024 bytes",
            Words.Invalid + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes",
            Source.Dynalite("putItem"),
            tables => new PutItemRequest(tables.Numbered.Name, new() { ["n1"] = 1, ["b1"] = new byte[1025] })),
        Words.Of(
            "a key of an index that is too long",
            Words.Invalid + "Size limit exceeded",
            Words.Invalid + "(Size of hashkey has|Aggregated size of all range keys has) exceeded .*",
            Source.Page("Constraints", "index keys have the limits of the table's keys; observed in the words of those"),
            tables => new PutItemRequest(tables.Swapped.Name, new() { ["b1"] = new byte[1025], ["s1"] = "a" })),
        Words.Of(
            "an item with an index key of another type",
            Words.Invalid + "Type mismatch for Index Key",
            Words.Invalid + "Type mismatch for Index Key \\w+ Expected: \\w+ Actual: \\w+ IndexName: \\w+",
            Source.Dynalite("putItem"),
            tables => new PutItemRequest(tables.Simple.Name, new() { ["p"] = "a", ["n1"] = "a" })),
        Words.Of(
            "an item with an index key of no scalar type",
            "Invalid attribute value type",
            Words.Invalid + "Type mismatch for Index Key \\w+ Expected: \\w+ Actual: \\w+ IndexName: \\w+",
            Source.Dynalite("putItem"),
            tables => new PutItemRequest(tables.Simple.Name, new() { ["p"] = "a", ["n1"] = true })),
        Words.Of(
            "an older update of an index key to another type",
            "Updates on index keys must be of the same data type as the key attribute",
            Words.Invalid + "Type mismatch for Index Key \\w+ Expected: \\w+ Actual: \\w+ IndexName: \\w+",
            Source.Dynalite("updateItem"),
            tables => new UpdateItemRequest(tables.Numbered.Name, new() { ["n1"] = 1, ["b1"] = new byte[] { 1 } })
            {
                AttributeUpdates = new Dictionary<string, AttributeValueUpdate> { ["s1"] = new(AttributeAction.PUT, 1) },
            }),
        Words.Of(
            "an index key that a computed value would make another type",
            Words.Invalid + "Type mismatch for Index Key",
            "The update expression attempted to update the secondary index key to unsupported type",
            Source.Dynalite("updateItem"),
            tables => new UpdateItemRequest(tables.Simple.Name, new() { ["p"] = "a" })
            {
                UpdateExpression = "SET s1 = if_not_exists(a, :v)",
                ExpressionAttributeValues = new AttributeMap { [":v"] = 1 },
            }),
        Words.Of(
            "an index key that a computed value would make no scalar",
            "Invalid attribute value type",
            "The update expression attempted to update the secondary index key to unsupported type",
            Source.Dynalite("updateItem"),
            tables => new UpdateItemRequest(tables.Simple.Name, new() { ["p"] = "a" })
            {
                UpdateExpression = "SET s1 = if_not_exists(a, :v)",
                ExpressionAttributeValues = new AttributeMap { [":v"] = true },
            }),
        Words.Of(
            "the index of an empty key: local indexes come first",
            "(.* The AttributeValue for a key attribute cannot contain an empty \\w+ value.) IndexName: .*",
            "$1 IndexName: .*",
            Source.Observed("of several indexes the first by name is named"),
            tables => new PutItemRequest(
                tables.Sorted.Name, new() { ["p"] = "a", ["n1"] = 1, ["s1"] = "a", ["b1"] = Array.Empty<byte>() })),
    ];
}
