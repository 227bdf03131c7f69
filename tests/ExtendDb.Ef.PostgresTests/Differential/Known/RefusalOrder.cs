using System.Text.RegularExpressions;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>
/// What is wrong with a request is looked for in an order; of several faults the service names the first. DynamoDB Local
/// has an order of its own: it looks for the table, and at the keys, before it reads expressions.
/// </summary>
internal static class RefusalOrder
{
    private static readonly AttributeMap Key = new() { ["p"] = "a" };

    /// <summary>The steps in the service's order.</summary>
    private static readonly IReadOnlyList<Step> Steps =
    [
        new("the shape of a request", "(?!.* at 'segment')\\d+ validation errors? detected: ",
            tables => new ScanRequest(tables.Simple.Name) { Limit = 0, IndexName = "missing_index" }),
        new("the levels of values", "Nesting Levels have exceeded|ExpressionAttributeValues contains invalid value: Nesting",
            _ => new PutItemRequest("missing_table", Key.With("a", Nested.Lists(32))),
            Source.NoPromise),
        new("mixed parameters", "Can not use both expression|ExpressionAttribute(Names|Values) can only be specified",
            _ => new PutItemRequest("missing_table", Key)
            {
                ExpressionAttributeNames = new Dictionary<string, string> { ["#a"] = "a" },
            }),
        new("ReturnValues", "ReturnValues can only be|Return values set",
            _ => new DeleteItemRequest("missing_table", Key) { ReturnValues = ReturnValue.UPDATED_NEW }),
        new("the attributes to get", ".*Duplicate value in attribute name|Cannot have two attributes",
            _ => new ScanRequest("missing_table") { AttributesToGet = ["a", "a"] }),
        new("older updates", ".*action (with value )?is not supported|.*Only DELETE action",
            _ => new UpdateItemRequest("missing_table", Key)
            {
                AttributeUpdates = new Dictionary<string, AttributeValueUpdate> { ["a"] = new(AttributeAction.ADD, "a") },
            }),
        new("older parameters",
            ".*(for Attribute: |ComparisonOperator|AttributeValueList|The BETWEEN condition was)|ConditionalOperator c",
            _ => new ScanRequest("missing_table") { ConditionalOperator = ConditionalOperator.AND }),
        new("a start and segments",
            ".*Segments? parameter is|.* at 'segment'|If (total segments|segment) is specified"
            + "|Either the KeyConditions or KeyConditionExpression",
            _ => new ScanRequest("missing_table") { Segment = 0 }),
        new("Select", "Cannot specify the|Must specify the|ALL_PROJECTED_ATTRIBUTES can",
            _ => new ScanRequest("missing_table") { Select = Select.SPECIFIC_ATTRIBUTES }),
        new("KeyConditionExpression", "Invalid KeyConditionExpression",
            _ => new QueryRequest("missing_table") { KeyConditionExpression = "p =" }),
        new("the other expressions",
            "Invalid (Update|Condition|Filter|Projection)Expression|ExpressionAttribute|KeyConditionExpressions "
            + "|Invalid (operator|condition) (used )?in KeyCond",
            _ => new GetItemRequest("missing_table", Key) { ProjectionExpression = "a," }),
        new("placeholders that nothing uses", "Value provided in Expression",
            _ => new GetItemRequest("missing_table", Key)
            {
                ProjectionExpression = "a",
                ExpressionAttributeNames = new Dictionary<string, string> { ["#b"] = "b" },
            }),
        new("the number of conditions", "Conditions can be of length|Too many items|Provided list of item keys contains duplicates",
            _ => new QueryRequest("missing_table")
            {
                KeyConditions = new Dictionary<string, Condition>
                {
                    ["a"] = new(ComparisonOperator.EQ, [1]),
                    ["b"] = new(ComparisonOperator.EQ, [1]),
                    ["c"] = new(ComparisonOperator.EQ, [1]),
                },
            }),
        new("the table", "Requested resource not found|Cannot do operations on a non-existent table",
            tables => new TransactGetItemsRequest(
                [new(new(tables.Simple.Name, new() { ["a"] = 1 })), new(new("missing_table", Key))])),
        new("the index", "The table does not have the specified index|Consistent reads are not",
            tables => new QueryRequest(tables.Simple.Name)
            {
                IndexName = "gsb",
                ConsistentRead = true,
                KeyConditionExpression = "s1 = :v",
                FilterExpression = "attribute_exists(n1.k)",
                ExpressionAttributeValues = new AttributeMap { [":v"] = "a" },
            }),
        new("the start of a read", "The provided starting key is invalid|Exclusive Start Key must have",
            tables => new QueryRequest(tables.Sorted.Name)
            {
                IndexName = "lsb",
                KeyConditionExpression = "p = :p AND b1 < :p",
                ExpressionAttributeValues = new AttributeMap { [":p"] = "a" },
                ExclusiveStartKey = new() { ["p"] = "a", ["n1"] = 1 },
            }),
        new("keys",
            "The provided key element|One of the required keys|Only scalar types|.*Type mismatch for key|.*Missing the key"
            + "|The list of keys in RequestItems|The number of conditions on the keys|Invalid attribute value type"
            + "|Hash primary key values|.*Size of hashkey"
            + "|.*Aggregated size|.*Size limit exceeded|.*The AttributeValue for a key attribute cannot"
            + "|Attempted conditional|.*Condition parameter type|Query (key )?condition",
            tables => new UpdateItemRequest(tables.Simple.Name, Key)
            {
                UpdateExpression = "SET b1 = :v, c.k = :w",
                ExpressionAttributeValues = new AttributeMap { [":v"] = Array.Empty<byte>(), [":w"] = 1 },
            }),
        new("updates of the key", ".*Cannot update attribute",
            tables => new UpdateItemRequest(tables.Simple.Name, Key)
            {
                UpdateExpression = "REMOVE p",
                ConditionExpression = "attribute_exists(a)",
            }),
        new("keys of indexes", ".*Type mismatch for Index Key|.*secondary index key|Updates on index keys",
            tables => new UpdateItemRequest(tables.Simple.Name, Key)
            {
                UpdateExpression = "SET n1 = :v",
                ConditionExpression = "attribute_exists(a)",
                ExpressionAttributeValues = new AttributeMap { [":v"] = "a" },
            }),
        new("the boundaries of a query", "The provided starting key|The query can return at most",
            tables => new QueryRequest(tables.Sorted.Name)
            {
                KeyConditionExpression = "p = :p",
                ExpressionAttributeValues = new AttributeMap { [":p"] = "a" },
                ExclusiveStartKey = new() { ["p"] = "b", ["n1"] = 1 },
                ProjectionExpression = "p.k",
            }),
        new("paths into keys", "Key attributes must be scalars|Filter Expression can only|QueryFilter can only",
            tables => new UpdateItemRequest(tables.Simple.Name, Key)
            {
                UpdateExpression = "SET b = p.k",
                ConditionExpression = "attribute_exists(a)",
            }),
        new("projections", ".*does not project|.*Select type ALL_ATTRIBUTES is not"),
        new("the items of a transaction", "Transaction request cannot include multiple",
            tables => new TransactWriteItemsRequest(
            [
                new TransactWriteItem { ConditionCheck = new(tables.Simple.Name, Key, "attribute_exists(a)") },
                new TransactWriteItem { Delete = new(tables.Simple.Name, Key) },
            ])),
        new("the condition", "The conditional request failed|Transaction cancelled.*ConditionalCheckFailed"),
        new("what an update meets",
            "The document path provided|The provided expression refers|An operand in the update|Type mismatch for attribute"
            + "|Number (over|under)flow|Attempting to store|DynamoDB only supports precision"),
    ];

    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        .. Steps.Select((step, i) => (step, i)).Where(s => s.step.Example is not null).Select(s => new KnownDifference(
            s.step.Name + " after other faults",
            s.step.Source ?? Source.Observed("the order of validation: shape, parameters, expressions, table, keys, condition"),
            difference => Words.AreRefusals(difference) && StepOf(difference.Ours) == s.i && StepOf(difference.Theirs) > s.i,
            s.step.Example!)),
        new(
            "Local looks at older parameters, or at keys of indexes, or at paths, in another order",
            Source.NoPromise,
            difference => difference.Operation is "Query" or "Scan" or "PutItem" or "UpdateItem" or "DeleteItem"
                && Words.AreRefusals(difference) && StepOf(difference.Ours) == StepOf(difference.Theirs)
                && StepOf(difference.Ours) >= 0
                && Steps[StepOf(difference.Ours)].Name is "older parameters" or "keys of indexes" or "paths into keys",
            tables => new QueryRequest(tables.Numbered.Name)
            {
                KeyConditions = new Dictionary<string, Condition>
                {
                    ["n1"] = new(ComparisonOperator.EQ, [1]),
                    ["b1"] = new(ComparisonOperator.BETWEEN, [new byte[] { 2 }, new byte[] { 1 }]),
                },
                ConditionalOperator = ConditionalOperator.AND,
            }),
        new(
            "Local looks at the tables and items of a batch in another order",
            Source.NoPromise,
            difference => difference.Operation is "BatchGetItem" or "BatchWriteItem" or "TransactWriteItems" or "TransactGetItems"
                && Words.AreRefusals(difference) && StepOf(difference.Ours) >= 0 && StepOf(difference.Theirs) >= 0,
            tables => new BatchGetItemRequest(new Dictionary<string, KeysAndAttributes>
            {
                [tables.Simple.Name] = new([Key]) { ProjectionExpression = "p.k" },
                [tables.Sorted.Name] = new([new() { ["p"] = 1, ["n1"] = 1 }]),
            })),
    ];

    /// <summary>Returns at which step an answer is refused; -1 for none that is known.</summary>
    private static int StepOf(Answer answer) =>
        Steps.Select((step, i) => (step, i))
            .Where(s => Regex.IsMatch(answer.Problem, $"^({s.step.Messages})", RegexOptions.Singleline))
            .Select(s => s.i)
            .FirstOrDefault(-1);

    /// <summary>A step.</summary>
    /// <param name="Name">What is looked at.</param>
    /// <param name="Messages">The beginnings of the messages of both sides.</param>
    /// <param name="Example">A request in which Local names a fault of a later step; null when it never does.</param>
    /// <param name="Source">What shows the place of the step; null for what shows the order of most.</param>
    private sealed record Step(
        string Name, string Messages, Func<ComparedTables, object>? Example = null, string? Source = null);
}
