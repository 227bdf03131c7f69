using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>Query and Scan that are refused.</summary>
internal static class WordsOfReads
{
    private const string PartOfSegments =
        "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment.*";

    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        Words.Of(
            "a segment alone",
            "If segment is specified, total segment must also be specified",
            "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
            Source.Dynalite("scan"),
            tables => new ScanRequest(tables.Simple.Name) { Segment = 0 }),
        Words.Of(
            "a number of segments alone",
            "If total segments is specified, a particular segment must also be specified for this request",
            "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
            Source.Dynalite("scan"),
            tables => new ScanRequest(tables.Simple.Name) { TotalSegments = 2 }),
        Words.Of(
            "a segment beyond the last one",
            "1 validation error detected: Value '\\d+' at 'segment' failed to satisfy constraint: .*",
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: .*",
            Source.Dynalite("scan"),
            tables => new ScanRequest(tables.Simple.Name) { Segment = 3, TotalSegments = 2 }),
        Words.Of(
            "a start in another segment",
            "Exclusive start key must lie within the segment",
            PartOfSegments,
            Source.Dynalite("scan"),
            tables => new ScanRequest(tables.Simple.Name)
            {
                Segment = 0,
                TotalSegments = 2,
                ExclusiveStartKey = new() { ["p"] = "a" },
            }),
        Words.Of(
            "a start of an index without the key of the index",
            "Exclusive Start Key must have same size as table's key schema",
            "The provided starting key is invalid",
            Source.Dynalite("scan"),
            tables => new ScanRequest(tables.Numbered.Name)
            {
                IndexName = "lin",
                ExclusiveStartKey = new() { ["n1"] = 1, ["b1"] = new byte[] { 1 } },
            }),
        Words.Of(
            "a start in another partition",
            "The provided starting key does not match the range key predicate",
            "The provided starting key is outside query boundaries based on provided conditions",
            Source.Dynalite("query"),
            tables => new QueryRequest(tables.Sorted.Name)
            {
                KeyConditionExpression = "p = :p",
                ExpressionAttributeValues = new AttributeMap { [":p"] = "a" },
                ExclusiveStartKey = new() { ["p"] = "b", ["n1"] = 1 },
            }),
        Words.Of(
            "a start of a query for one item",
            "The provided starting key does not match the range key predicate",
            "The query can return at most one row and cannot be restarted",
            Source.Dynalite("query"),
            tables => new QueryRequest(tables.Sorted.Name)
            {
                KeyConditionExpression = "p = :p AND n1 = :n",
                ExpressionAttributeValues = new AttributeMap { [":p"] = "a", [":n"] = 1 },
                ExclusiveStartKey = new() { ["p"] = "b", ["n1"] = 1 },
            }),
        Words.Of(
            "an empty start of a query for one item: both faults in one message",
            "The query can return at most one row and cannot be restarted. (The provided starting key is invalid: .*)",
            "$1",
            Source.Observed("an ExclusiveStartKey that does not fit: The provided starting key is invalid..."),
            tables => new QueryRequest(tables.Simple.Name)
            {
                KeyConditionExpression = "p = :p",
                ExpressionAttributeValues = new AttributeMap { [":p"] = "a" },
                ExclusiveStartKey = new() { ["p"] = string.Empty },
            }),
        Words.Of(
            "a query without its partition key: it names no key",
            "Query condition missed key schema element",
            "Query condition missed key schema element: \\w+",
            Source.Dynalite("query"),
            tables => new QueryRequest(tables.Simple.Name)
            {
                KeyConditionExpression = "a = :v",
                ExpressionAttributeValues = new AttributeMap { [":v"] = "a" },
            }),
        Words.Of(
            "a limit of nothing in a scan",
            "Limit must be greater than or equal to 1",
            "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: "
            + "Member must have value greater than or equal to 1",
            Source.Dynalite("scan"),
            tables => new ScanRequest(tables.Simple.Name) { Limit = 0 }),
        Words.Of(
            "a limit of nothing in a query",
            "Limit must be greater than or equal to 1",
            "1 validation error detected: Value at 'Limit' failed to satisfy constraint: "
            + "Member must have value greater than or equal to 1",
            Source.Observed("Query does not show the value; Scan keeps the form with the value"),
            tables => new QueryRequest(tables.Simple.Name)
            {
                KeyConditionExpression = "p = :p",
                ExpressionAttributeValues = new AttributeMap { [":p"] = "a" },
                Limit = 0,
            }),
        Words.Of(
            "two conditions on one key",
            "KeyConditionExpressions must only contain one condition per key",
            "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key",
            Source.Observed("a query with two conditions on one key: Invalid KeyConditionExpression: ..."),
            tables => new QueryRequest(tables.Simple.Name)
            {
                KeyConditionExpression = "p = :p AND p = :p",
                ExpressionAttributeValues = new AttributeMap { [":p"] = "a" },
            }),
        Words.Of(
            "more conditions than a key of two attributes has",
            "Conditions can be of length 1 or 2 only",
            "The number of query conditions \\(3\\) exceeds the number of key attributes defined in the schema \\(2\\)",
            Source.Observed("The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)"),
            tables => new QueryRequest(tables.Sorted.Name)
            {
                KeyConditionExpression = "p = :p AND n1 = :n AND a = :n",
                ExpressionAttributeValues = new AttributeMap { [":p"] = "a", [":n"] = 1 },
            }),
        Words.Of(
            "more conditions than a key of one attribute has",
            "Query key condition not supported",
            "The number of query conditions \\(2\\) exceeds the number of key attributes defined in the schema \\(1\\)",
            Source.Observed("The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)"),
            tables => new QueryRequest(tables.Simple.Name)
            {
                KeyConditionExpression = "p = :p AND a = :p",
                ExpressionAttributeValues = new AttributeMap { [":p"] = "a" },
            }),
        Words.Of(
            "a start of a query with a key of another type",
            "Type mismatch for attribute to update",
            "The provided starting key is invalid",
            Source.Observed("a mistyped ExclusiveStartKey of Query: The provided starting key is invalid"),
            tables => new QueryRequest(tables.Sorted.Name)
            {
                KeyConditionExpression = "p = :p",
                ExpressionAttributeValues = new AttributeMap { [":p"] = "a" },
                ExclusiveStartKey = new() { ["p"] = "a", ["n1"] = "a" },
            }),
        Words.Of(
            "a start of a scan with a key of another type",
            "Type mismatch for attribute to update",
            "The provided starting key is invalid: The provided key element does not match the schema",
            Source.Dynalite("scan"),
            tables => new ScanRequest(tables.Sorted.Name) { ExclusiveStartKey = new() { ["p"] = "a", ["n1"] = "a" } }),
        Words.Of(
            "all attributes of an index that has few, when the filter needs others too",
            Words.Invalid + "Secondary index \\w+ does not project one or more filter attributes: .*",
            Words.Invalid + "Select type ALL_ATTRIBUTES is not supported for global secondary index .*",
            Source.Dynalite("query"),
            tables => new QueryRequest(tables.Simple.Name)
            {
                IndexName = "gsb",
                KeyConditionExpression = "s1 = :s",
                FilterExpression = "attribute_exists(b)",
                ExpressionAttributeValues = new AttributeMap { [":s"] = "a" },
                Select = Select.ALL_ATTRIBUTES,
            }),
        Words.Of(
            "the attributes that an index does not have: the order of a hash table",
            "(" + Words.Invalid + "Global secondary index \\w+ does not project ).*",
            "$1.*",
            Source.NoPromise,
            tables => new ScanRequest(tables.Simple.Name) { IndexName = "gsb", AttributesToGet = ["d", "x.y"] }),
        Words.Of(
            "the attributes of a filter that an index does not have: the order of a hash table",
            "(" + Words.Invalid + "Secondary index \\w+ does not project one or more filter attributes: ).*",
            "$1.*",
            Source.NoPromise,
            tables => new QueryRequest(tables.Sorted.Name)
            {
                IndexName = "gsn",
                KeyConditionExpression = "s1 = :s",
                FilterExpression = "size(st) > m",
                ExpressionAttributeValues = new AttributeMap { [":s"] = "a" },
            }),
        Words.Of(
            "an empty key of an index in a condition",
            ".* are not valid. A value specified for a secondary index key is not supported. (.*) IndexName: .*",
            ".* are not valid. $1 Key: \\w+",
            Source.NoPromise,
            tables => new QueryRequest(tables.Swapped.Name)
            {
                IndexName = "swapped",
                KeyConditionExpression = "s1 = :s AND b1 >= :b",
                ExpressionAttributeValues = new AttributeMap { [":s"] = "a", [":b"] = Array.Empty<byte>() },
            }),
    ];
}
