using System.Text.RegularExpressions;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>PartiQL statements.</summary>
internal static class Statements
{
    private const string Success = "^\\{";
    private const string UpdateFault =
        "(attribute that does not exist in the item|incorrect data type|path provided in the update expression is invalid)";

    private const string Suite = "statements that suites run against the service";

    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        Of(
            "Local repeats a statement that is not well formed, the service says what is wrong",
            Observed("Statement wasn't well formed, can't be processed: Unexpected term"),
            "Statement wasn't well formed",
            "Statement wasn't well formed",
            tables => $"SELECT * FROM \"{tables.Simple.Name}\" WHERE"),
        new(
            "Local calls the error of an INSERT DuplicateItem",
            Source.Page("API_ExecuteStatement", "DuplicateItemException: There was an attempt to insert an item with the same primary key"),
            difference => Says(difference, "^DuplicateItemException", "^DuplicateItem "),
            tables =>
            [
                new PutItemRequest(tables.Simple.Name, new() { ["p"] = "a" }),
                new ExecuteStatementRequest($"INSERT INTO \"{tables.Simple.Name}\" VALUE {{'p': 'a'}}"),
            ]),
        Of(
            "Local names the index that a table does not have",
            Observed("The table does not have the specified index"),
            "The table does not have the specified index\"",
            "The table does not have the specified index: nope",
            tables => $"SELECT * FROM \"{tables.Simple.Name}\".\"nope\""),
        Of(
            "Local reads alternatives that overlap",
            Observed("Overlapping conditions with range keys are not supported in where clause"),
            "Overlapping conditions with range keys are not supported in where clause",
            ".",
            tables => $"SELECT * FROM \"{tables.Simple.Name}\" WHERE p IN ['a', 'a']"),
        Of(
            "Local reads more than fifty partitions by a Scan",
            Observed("Too many decomposed read operations for a given query."),
            "Too many decomposed read operations for a given query.",
            Success,
            tables => $"SELECT * FROM \"{tables.Simple.Name}\" WHERE p IN [{string.Join(", ", Enumerable.Range(0, 51).Select(i => $"'{i}'"))}]"),
        Of(
            "Local accepts parameters too many",
            Observed("Number of parameters in request and statement don't match."),
            "Number of parameters in request and statement don",
            Success,
            tables => new ExecuteStatementRequest($"SELECT * FROM \"{tables.Simple.Name}\"") { Parameters = ["a"] }),
        Of(
            "Local filters a partition of an index by attributes that the index does not project",
            Observed("Secondary index gsi-inc does not project one or more filter attributes: [nonproj]"),
            "does not project one or more filter attributes",
            ".",
            tables => $"SELECT * FROM \"{tables.Sorted.Name}\".\"gsn\" WHERE s1 = 'a' AND a = 1"),
        new(
            "Local filters a whole index by attributes that it does not project",
            Observed("an unkeyed filter on an attribute that the index does not project matches nothing"),
            difference => Says(difference, Success, Success) && Regex.IsMatch(Text(difference), "\"\\.\"\\w+\" WHERE"),
            tables =>
            [
                new PutItemRequest(tables.Sorted.Name, new() { ["p"] = "a", ["n1"] = 1, ["b1"] = new byte[] { 1 }, ["a"] = 1 }),
                new ExecuteStatementRequest($"SELECT * FROM \"{tables.Sorted.Name}\".\"lsb\" WHERE a = 1"),
            ]),
        new(
            "Local returns a column behind an index of a list within the element",
            Observed("a column is named from its last named component"),
            difference => Says(difference, Success, Success) && Regex.IsMatch(Text(difference), "SELECT [^*]*\\]\\s*[.\\[].* FROM"),
            tables =>
            [
                new PutItemRequest(
                    tables.Simple.Name,
                    new() { ["p"] = "a", ["li"] = new AttributeValue.L(0, new AttributeValue.M(new() { ["k"] = 1 })) }),
                new ExecuteStatementRequest($"SELECT li[1].k FROM \"{tables.Simple.Name}\" WHERE p = 'a'"),
            ]),
        Of(
            "Local refuses a value of another type than the key where no partition is named",
            Observed("pk > 1 on a string key gives no items"),
            ".",
            "Condition parameter type does not match schema type",
            tables => $"SELECT * FROM \"{tables.Simple.Name}\" WHERE p > 1"),
        Of(
            "Local refuses an empty value for the key where no partition is named",
            Observed("a condition on a key that no Query can have is a filter"),
            "(^\\{|does not project)",
            "The AttributeValue for a key attribute cannot contain an empty",
            tables => $"SELECT * FROM \"{tables.Simple.Name}\" WHERE p > ''"),
        Of(
            "Local fails where a key is compared with another attribute",
            Source.Page("ql-functions", "conditions compare attributes with attributes"),
            ".",
            "^InternalFailure",
            tables => $"SELECT * FROM \"{tables.Sorted.Name}\" WHERE p = 'a' AND a = n1"),
        Of(
            "Local has the words of Query for a consistent read of a global index",
            Observed("Strongly consistent read is not supported on Global Secondary Indexes"),
            "Strongly consistent read is not supported on Global Secondary Indexes",
            ".",
            tables => new ExecuteStatementRequest($"SELECT * FROM \"{tables.Sorted.Name}\".\"gsn\"") { ConsistentRead = true }),
        Of(
            "Local refuses numbers in words of its own",
            Observed("Attempting to store more than 38 significant digits in a Number under root"),
            "under root",
            ".",
            tables => $"SELECT * FROM \"{tables.Simple.Name}\" WHERE a = 123456789012345678901234567890123456789"),
        Of(
            "Local says not where set functions and unknown functions stand",
            Observed("The first argument to SET_ADD must equal the assignment value at 1:22:7"),
            " at 1:\\d+:\\d+\"",
            "(The first argument to SET_|Unrecognized function)",
            tables => $"SELECT * FROM \"{tables.Simple.Name}\" WHERE foo(a)"),
        Of(
            "Local has a message of its own for a SELECT of a batch that names no key",
            Observed("Select statements within BatchExecuteStatement must specify the primary key in the where clause."),
            "Select statements within BatchExecuteStatement must specify the primary key",
            "Only single item select is supported",
            tables => new BatchExecuteStatementRequest([new($"SELECT * FROM \"{tables.Simple.Name}\" WHERE a = 1")])),
        Of(
            "Local cancels a transaction in the words of a statement alone",
            Observed("CancellationReasons[0].Message: The provided key element does not match the schema"),
            "The provided key element does not match the schema",
            "Key attribute",
            tables => new ExecuteTransactionRequest([new($"UPDATE \"{tables.Simple.Name}\" SET a = 1 WHERE p = 1")])),
        Of(
            "Local cancels a transaction with an item of another key in the words of a statement alone",
            Source.Dynalite("putItem"),
            "(Type mismatch for key|Missing the key)",
            "Key attribute('s data type should match| should be present in the item)",
            tables => new ExecuteTransactionRequest([new($"INSERT INTO \"{tables.Simple.Name}\" VALUE {{'p': 1}}")])),
        Of(
            "Local takes a parameter with a level too many",
            Source.Observed("31 levels of maps or lists around a scalar are accepted, 32 are refused, for values that are stored"),
            "Nesting Levels have exceeded supported limits: Attributes in the item",
            ".",
            tables => new ExecuteStatementRequest($"SELECT * FROM \"{tables.Simple.Name}\" WHERE a = ?")
            {
                Parameters = [Nested.Lists(32)],
            }),
        new(
            "Local returns no capacity of statements",
            Source.Page("API_ExecuteStatement", "ConsumedCapacity is returned if ReturnConsumedCapacity was specified"),
            difference => Says(difference, Success, Success) && difference.Theirs.Body["ConsumedCapacity"] is null
                && Answers.AreSame(difference, "ConsumedCapacity"),
            tables => new ExecuteTransactionRequest([new($"SELECT * FROM \"{tables.Simple.Name}\" WHERE p = 'a'")])
            {
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            }),
        Of(
            "Local names another path as the one that overlaps",
            Source.NoPromise,
            "Two document paths (overlap|conflict)",
            "Two document paths (overlap|conflict)",
            tables => $"SELECT b.c, b.d, b FROM \"{tables.Simple.Name}\""),
        Of(
            "Local checks the columns of a SELECT before its condition",
            Observed("the refusal of an index with a key of several attributes is reported ahead of COUNT(*), and behind operand types"),
            "(Incorrect operand type|The BETWEEN operator|The first operand must be distinct|Invalid attribute type)",
            "(Duplicate identifiers in select clause|Two document paths (overlap|conflict))",
            tables => $"SELECT a, b.a FROM \"{tables.Simple.Name}\" WHERE a < TRUE"),
        new(
            "Local does not name the columns of a transaction's SELECT",
            Source.Page("ql-reference.select", "a SELECT returns the values of its columns"),
            difference => difference.Operation is "ExecuteTransaction" or "BatchExecuteStatement" && Says(difference, Success, Success)
                && Regex.IsMatch(difference.Request.ToJsonString(), "SELECT [^*]*[.\\[]"),
            tables =>
            [
                new PutItemRequest(tables.Simple.Name, new() { ["p"] = "a", ["m"] = new AttributeMap { ["k"] = 1 } }),
                new ExecuteTransactionRequest([new($"SELECT m.k FROM \"{tables.Simple.Name}\" WHERE p = 'a'")]),
            ]),
        new(
            "Local names another one of several faults of an update in a batch",
            Source.NoPromise,
            difference => difference.Operation == "BatchExecuteStatement"
                && Says(difference, UpdateFault, UpdateFault),
            tables =>
            [
                new PutItemRequest(tables.Simple.Name, new() { ["p"] = "a" }),
                new BatchExecuteStatementRequest([new($"UPDATE \"{tables.Simple.Name}\" SET a = b + 1 SET c.k = 1 WHERE p = 'a'")]),
            ]),
        Of(
            "Local looks at stored items before it refuses an index key in a transaction",
            Source.NoPromise,
            "^TransactionCanceledException .*Type mismatch for Index Key",
            "^TransactionCanceledException (?=.*(Type mismatch for Index Key|Invalid attribute value type))"
            + ".*(Duplicate primary key exists|The conditional request failed)",
            tables => new ExecuteTransactionRequest(
            [
                new($"UPDATE \"{tables.Simple.Name}\" SET a = 1 WHERE p = 'missing'"),
                new($"INSERT INTO \"{tables.Sorted.Name}\" VALUE {{'p': 'a', 'n1': 1, 's1': 1}}"),
            ])),
        Of(
            "Local has other words for an index key of no scalar type in a batch",
            Source.NoPromise,
            "Type mismatch for Index Key",
            "Invalid attribute value type",
            tables => new BatchExecuteStatementRequest([new($"INSERT INTO \"{tables.Sorted.Name}\" VALUE {{'p': 'a', 'n1': 1, 's1': [1]}}")])),
        Of(
            "Local has other words for an index key of another type in a batch",
            Source.Dynalite("putItem"),
            "Type mismatch for Index Key \\w+ Expected: \\w+ Actual: \\w+ IndexName",
            "Type mismatch for Index Key\"",
            tables => new BatchExecuteStatementRequest([new($"INSERT INTO \"{tables.Sorted.Name}\" VALUE {{'p': 'a', 'n1': 1, 's1': 1}}")])),
        Of(
            "Local has other words for a key that is too long in a batch or a transaction",
            Source.Dynalite("putItem"),
            "(Size of hashkey has exceeded|Aggregated size of all range keys has exceeded)",
            "Hash primary key values must be under",
            tables => new BatchExecuteStatementRequest([new($"INSERT INTO \"{tables.Simple.Name}\" VALUE {{'p': '{new string('a', 3_000)}'}}")])),
        Of(
            "Local cancels a transaction by a key before it looks at other statements",
            Source.NoPromise,
            "^ValidationException .*Validation failed in TransactStatements\\[",
            "^TransactionCanceledException",
            tables => new ExecuteTransactionRequest(
            [
                new($"UPDATE \"{tables.Simple.Name}\" SET a = 1 WHERE p = 1"),
                new($"DELETE FROM \"{tables.Simple.Name}\" WHERE p = 'a' AND a < TRUE"),
            ])),
        new(
            "Local returns the whole attribute of a path that an UPDATE changes",
            Source.Observed("UPDATED_NEW and UPDATED_OLD return only the touched paths, nested"),
            difference => Says(difference, Success, Success) && Answers.AreSame(difference, "Items", "Responses")
                && difference.Request.ToJsonString().Contains("RETURNING MODIFIED", StringComparison.Ordinal),
            tables =>
            [
                new PutItemRequest(tables.Simple.Name, new() { ["p"] = "a", ["a"] = new AttributeValue.L(1, 2) }),
                new ExecuteStatementRequest($"UPDATE \"{tables.Simple.Name}\" SET a[2] = 3 WHERE p = 'a' RETURNING MODIFIED NEW *"),
            ]),
        Of(
            "Local writes bounds of binaries as Java shows them",
            Source.NoPromise,
            "The BETWEEN operator requires",
            "java.nio.HeapByteBuffer",
            tables => new ExecuteStatementRequest($"SELECT * FROM \"{tables.Simple.Name}\" WHERE a BETWEEN ? AND ?")
            {
                Parameters = [new byte[] { 2 }, new byte[] { 1 }],
            }),
    ];

    private static KnownDifference Of(string name, string source, string ours, string theirs, Func<ComparedTables, string> statement) =>
        Of(name, source, ours, theirs, tables => (object)new ExecuteStatementRequest(statement(tables)));

    private static KnownDifference Of(string name, string source, string ours, string theirs, Func<ComparedTables, object> request) =>
        new(name, source, difference => Says(difference, ours, theirs), request);

    private static string Observed(string says) => Source.Observed($"{says} ({Suite})");

    private static bool Says(Difference difference, string ours, string theirs) =>
        difference.Operation is "ExecuteStatement" or "BatchExecuteStatement" or "ExecuteTransaction"
        && Regex.IsMatch(Plain(difference.Ours), ours) && Regex.IsMatch(Plain(difference.Theirs), theirs);

    // The apostrophe is escaped in JSON.
    private static string Plain(Answer answer) => answer.Text.Replace("\\u0027", "'", StringComparison.Ordinal);

    private static string Text(Difference difference) => (string?)difference.Request["Statement"] ?? "";
}
