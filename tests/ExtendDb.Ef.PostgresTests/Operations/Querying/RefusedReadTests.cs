using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Querying;

/// <summary>Every refusal of a Query or Scan has DynamoDB's message, and where two rules are broken, DynamoDB's choice.</summary>
public class RefusedReadTests(OperationsFixture database) : OperationsTests(database)
{
    private const string Invalid = "One or more parameter values were invalid: ";
    private const string EmptyKey = "One or more parameter values are not valid. "
        + "The AttributeValue for a key attribute cannot contain an empty string value. Key: ";
    private const string Start = "The provided starting key is invalid";
    private const string NoMatch = Start + ": The provided key element does not match the schema";
    private const string Mistyped = Invalid + "Condition parameter type does not match schema type";
    private const string Unsupported = "Query key condition not supported";
    private const string Nested = "KeyConditionExpressions cannot have conditions on nested attributes";
    private const string Operations = "KeyConditionExpressions cannot contain nested operations";
    private const string Several = "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition";
    private const string Operator = "Invalid operator used in KeyConditionExpression: ";
    private const string Mixed = "Can not use both expression and non-expression parameters in the same request: ";
    private const string Bounds = "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound";
    private const string Scalars = "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ";
    private const string OneKey = "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key";
    private const string NotOrdered = "Attempted conditional constraint is not an indexable operation";

    private static readonly AttributeMap Key = new() { ["P"] = "p", ["S"] = "s" };
    private static readonly Condition EqualToP = Condition.EqualTo("p");

    public static TheoryData<string> Refusals => [.. ByName.Keys];

    private delegate Task Call(IExtendDb db, string table);

    private static Dictionary<string, (string Message, Call Call)> ByName => new()
    {
        ["shape: query without anything"] = (
            "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null",
            (db, _) => db.QueryAsync(new(null!))),
        ["shape: query with all wrong"] = (
            "6 validation errors detected: "
            + "Value '99' at 'select' failed to satisfy constraint: Member must satisfy enum value set: "
            + "[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]; "
            + "Value 'a!' at 'indexName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; "
            + "Value 'a!' at 'indexName' failed to satisfy constraint: Member must have length greater than or equal to 3; "
            + "Value 'a b c' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; "
            + "Value '[]' at 'attributesToGet' failed to satisfy constraint: Member must have length greater than or equal to 1; "
            + "Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
            (db, _) => db.QueryAsync(new("a b c")
            {
                Select = (Select)99,
                IndexName = "a!",
                AttributesToGet = [],
                Limit = -1,
                FilterExpression = "(",
            })),
        ["shape: scan with all wrong"] = (
            "4 validation errors detected: "
            + "Value '1000001' at 'totalSegments' failed to satisfy constraint: Member must have value less than or equal to 1000000; "
            + "Value '99' at 'conditionalOperator' failed to satisfy constraint: Member must satisfy enum value set: [OR, AND]; "
            + "Value '-1' at 'segment' failed to satisfy constraint: Member must have value greater than or equal to 0; "
            + "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
            Scan(s => s with
            {
                TotalSegments = 1_000_001,
                ConditionalOperator = (ConditionalOperator)99,
                Segment = -1,
                Limit = 0,
            })),
        ["shape: scan of segment 1000000"] = (
            "1 validation error detected: Value '1000000' at 'segment' failed to satisfy constraint: "
            + "Member must have value less than or equal to 999999",
            Scan(s => s with { Segment = 1_000_000 })),
        ["shape: scan of none of 0 segments"] = (
            "1 validation error detected: Value '0' at 'totalSegments' failed to satisfy constraint: "
            + "Member must have value greater than or equal to 1",
            Scan(s => s with { TotalSegments = 0 })),

        ["mix: all of a query"] = (
            Mixed + "Non-expression parameters: {AttributesToGet, QueryFilter, ConditionalOperator, KeyConditions} "
            + "Expression parameters: {ProjectionExpression, FilterExpression, KeyConditionExpression}",
            Query("(", q => q with
            {
                AttributesToGet = ["a", "a"],
                QueryFilter = new Dictionary<string, Condition>(),
                ConditionalOperator = ConditionalOperator.OR,
                KeyConditions = new Dictionary<string, Condition>(),
                ProjectionExpression = "(",
                FilterExpression = "(",
            })),
        ["mix: all of a scan"] = (
            Mixed + "Non-expression parameters: {AttributesToGet, ScanFilter, ConditionalOperator} "
            + "Expression parameters: {ProjectionExpression, FilterExpression}",
            Scan(s => s with
            {
                AttributesToGet = ["a"],
                ScanFilter = new Dictionary<string, Condition>(),
                ConditionalOperator = ConditionalOperator.OR,
                ProjectionExpression = "a",
                FilterExpression = "a = :a",
            })),
        ["mix: names without an expression before values"] = (
            "ExpressionAttributeNames can only be specified when using expressions",
            Legacy(q => q with
            {
                ExpressionAttributeNames = new Dictionary<string, string>(),
                ExpressionAttributeValues = AttributeMap.Empty,
            })),
        ["mix: values of a query without an expression"] = (
            "ExpressionAttributeValues can only be specified when using expressions: "
            + "FilterExpression and KeyConditionExpression are null",
            Legacy(q => q with { ExpressionAttributeValues = Key, ProjectionExpression = "a" })),
        ["mix: values of a scan without an expression"] = (
            "ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null",
            Scan(s => s with { ExpressionAttributeValues = Key, ProjectionExpression = "a" })),

        ["before the table: wrong filter before attributes twice"] = (
            Invalid + "Invalid number of argument(s) for the EQ ComparisonOperator",
            Nowhere(q => q with
            {
                QueryFilter = Of(("a", new(ComparisonOperator.EQ))),
                AttributesToGet = ["a", "a"],
            })),
        ["before the table: attributes twice before the start"] = (
            Invalid + "Duplicate value in attribute name: a",
            Nowhere(q => q with { AttributesToGet = ["a", "a"], ExclusiveStartKey = new() { ["P"] = "\uD83C" } })),
        ["before the table: no conditions"] = (
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
            (db, _) => db.QueryAsync(new("Nowhere") { FilterExpression = "(" })),
        ["before the table: no condition"] = (
            "Conditions can be of length 1 or 2 only",
            Nowhere(q => q with { KeyConditions = new Dictionary<string, Condition>() })),
        ["before the table: three conditions"] = (
            "Conditions can be of length 1 or 2 only",
            Nowhere(q => q with { KeyConditions = Of(("a", EqualToP), ("b", EqualToP), ("c", EqualToP)) })),
        ["before the table: nested key"] = (Nested, NowhereBy("P = :p AND S.a = :p")),
        ["before the table: key condition before filter"] = (
            "Invalid KeyConditionExpression: Syntax error; token: \"=\", near: \"= = :p\"",
            NowhereBy("P = = :p", q => q with { FilterExpression = "(", ProjectionExpression = "," })),
        ["before the table: filter before projection"] = (
            "Invalid FilterExpression: Syntax error; token: \"<EOF>\", near: \"(\"",
            NowhereBy("P = :p OR S = :p", q => q with { FilterExpression = "(", ProjectionExpression = "," })),
        ["before the table: projection before the shape of conditions"] = (
            "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: status",
            NowhereBy("P = :p OR S = :p", q => q with { ProjectionExpression = "status" })),
        ["before the table: unused value before the shape of conditions"] = (
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:q}",
            NowhereBy("P = :p OR S = :p", q => q with { ExpressionAttributeValues = Values.With(":q", 1) })),
        ["before the table: bounds exchanged"] = (
            Bounds, Nowhere(q => q with { KeyConditions = Of(("P", EqualToP), ("S", Condition.Between("b", "a"))) })),
        ["before the table: bounds of a filter exchanged"] = (
            Bounds, Scan(s => s with { TableName = "Nowhere", ScanFilter = Of(("a", Condition.Between(2, 1))) })),
        ["before the table: segment without total"] = (
            "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
            Scan(s => s with { TableName = "Nowhere", Segment = 0, FilterExpression = "(" })),
        ["before the table: total without segment"] = (
            "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
            Scan(s => s with { TableName = "Nowhere", TotalSegments = 1, FilterExpression = "(" })),
        ["before the table: segment beyond the total"] = (
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
            + "Segment: 5 is not less than TotalSegments: 5",
            Scan(s => s with { TableName = "Nowhere", Segment = 5, TotalSegments = 5, FilterExpression = "(" })),
        ["before the table: scan filter before segment"] = (
            Invalid + "ComparisonOperator LT is not valid for BOOL AttributeValue type",
            Scan(s => s with { ScanFilter = Of(("a", Condition.LessThan(true))), Segment = 5, TotalSegments = 5 })),

        ["condition: OR before what it joins"] = (Operator + "OR", By("P <> :p OR size(S) = :p")),
        ["condition: NOT"] = (Operator + "NOT", By("P = :p AND NOT S = :p")),
        ["condition: IN"] = (Operator + "IN", By("P = :p AND S IN (:p)")),
        ["condition: <>"] = (Operator + "<>", By("P <> :p")),
        ["condition: contains"] = (Operator + "contains", By("P = :p AND contains(S, :p)")),
        ["condition: attribute_exists"] = (Operator + "attribute_exists", By("attribute_exists(P)", noValues: true)),
        ["condition: nested path first"] = (Nested, By("a.d > c", noValues: true)),
        ["condition: nested list first"] = (Nested, By("b[0] > a", noValues: true)),
        ["condition: two names, one nested"] = (Several, By("b > a.b", noValues: true)),
        ["condition: two names before a size"] = (Several, By("a BETWEEN b AND size(a)", noValues: true)),
        ["condition: two names between"] = (Several, By("b BETWEEN c[1] AND d", noValues: true)),
        ["condition: size before a name"] = (Operations, By("a BETWEEN size(b) AND size(a)", noValues: true)),
        ["condition: size of a nested path"] = (Operations, By("a > size(b.d)", noValues: true)),
        ["condition: value first in BETWEEN"] = (
            "Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first operand",
            By("P = :p AND :p BETWEEN S AND :p")),
        ["condition: value first in begins_with"] = (
            "Invalid condition in KeyConditionExpression: begins_with operator must have the key attribute as its first operand",
            By("P = :p AND begins_with(:p, S)")),
        ["condition: no attribute"] = (
            "Invalid condition in KeyConditionExpression: No key attribute specified", By(":p = :p AND P = :p")),
        ["condition: one attribute twice"] = (OneKey, By("P = :p AND S > :p AND S < :p")),
        ["condition: one attribute twice of four"] = (OneKey, By("b > :p AND b < :p AND c = :p AND d = :p")),

        ["key: three conditions"] = (
            "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)",
            By("P = :p AND S > :p AND x = :p")),
        ["key: nothing on the partition key"] = ("Query condition missed key schema element: P", By("S = :p")),
        ["key: another attribute"] = ("Query condition missed key schema element: S", By("P = :p AND x = :p")),
        ["key: partition key by <, another attribute"] = (Unsupported, By("P < :p AND x = :p")),
        ["key: partition key by <"] = (Unsupported, By(":p > P")),
        ["key: partition key between"] = (Unsupported, By("P BETWEEN :p AND :p")),
        ["key: partition key by its beginning"] = (Unsupported, By("begins_with(P, :p)")),
        ["key: two conditions on a hash-only index"] = (
            "The number of query conditions (2) exceeds the number of key attributes defined in the schema (1)",
            By("G = :p AND y = :p", q => q with { IndexName = "Keys" })),
        ["key: partition key of another type"] = (Mistyped, By("P = :p", value: 1)),
        ["key: partition key of a type without order"] = (Mistyped, By("P = :p", value: true)),
        ["key: mistyped before not by ="] = (Mistyped, By("P > :p", value: 1)),
        ["key: number in a local index by a string"] = (
            Mistyped, By("P = :p AND L > :p", q => q with { IndexName = "Local" })),
        ["key: number in a local index by its beginning"] = (
            Mistyped, By("P = :p AND begins_with(L, :p)", q => q with { IndexName = "Local" })),
        ["key: legacy NE"] = (
            NotOrdered, Legacy(q => q with { KeyConditions = Of(("P", new(ComparisonOperator.NE, "p"))) })),
        ["key: legacy IN"] = (
            NotOrdered, Legacy(q => q with { KeyConditions = Of(("P", EqualToP), ("S", new(ComparisonOperator.IN, "p"))) })),
        ["key: legacy NULL before the missing sort key"] = (
            NotOrdered, Legacy(q => q with { KeyConditions = Of(("P", new(ComparisonOperator.NULL)), ("x", EqualToP)) })),
        ["key: empty partition key"] = (EmptyKey + "P", By("P = :p", value: "")),
        ["key: empty beginning"] = (
            EmptyKey + "S",
            Legacy(q => q with { KeyConditions = Of(("P", EqualToP), ("S", Condition.BeginsWith(""))) })),
        ["key: empty bound"] = (
            EmptyKey + "S",
            Legacy(q => q with { KeyConditions = Of(("P", EqualToP), ("S", Condition.Between("", "x"))) })),
        ["key: partition key of 2,049 bytes"] = (
            Invalid + "Size of hashkey has exceeded the maximum size limit of2048 bytes",
            By("P = :p", value: new string('x', 2049))),
        ["key: partition key of 2,049 bytes in an index"] = (
            Invalid + "Size of hashkey has exceeded the maximum size limit of2048 bytes",
            By("G = :p", q => q with { IndexName = "Keys" }, value: new string('€', 683))),
        ["key: sort key of 1,025 bytes"] = (
            Invalid + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes",
            By("S < :p AND P = :p", value: new string('x', 1025))),

        ["index: unknown"] = ("The table does not have the specified index: Nowhere", By("P = :p", q => q with { IndexName = "Nowhere" })),
        ["index: unknown before consistent"] = (
            "The table does not have the specified index: Nowhere",
            By("P = :p", q => q with { IndexName = "Nowhere", ConsistentRead = true, ExclusiveStartKey = Key.With("x", 1) })),
        ["index: unknown of a scan"] = (
            "The table does not have the specified index: Nowhere", Scan(s => s with { IndexName = "Nowhere" })),
        ["index: unknown of a scan that goes on"] = (
            Start, Scan(s => s with { IndexName = "Nowhere", ExclusiveStartKey = Key })),
        ["index: consistent read of a global one before its start"] = (
            "Consistent reads are not supported on global secondary indexes",
            By("G = :p", q => q with { IndexName = "Keys", ConsistentRead = true, ExclusiveStartKey = Key })),
        ["index: consistent scan of a global one"] = (
            "Consistent reads are not supported on global secondary indexes",
            Scan(s => s with { IndexName = "Keys", ConsistentRead = true })),

        ["start: without the sort key"] = (Start, By("P = :p", q => q with { ExclusiveStartKey = Key.Without("S") })),
        ["start: without anything"] = (Start, By("P = :p", q => q with { ExclusiveStartKey = AttributeMap.Empty })),
        ["start: with an attribute more"] = (Start, By("P = :p", q => q with { ExclusiveStartKey = Key.With("x", 1) })),
        ["start: with another attribute"] = (
            Start, By("P = :p", q => q with { ExclusiveStartKey = Key.Without("S").With("x", 1) })),
        ["start: mistyped"] = (Start, By("P = :p", q => q with { ExclusiveStartKey = Key.With("S", 1) })),
        ["start: of the table for an index"] = (
            Start, By("P = :p", q => q with { IndexName = "Local", ExclusiveStartKey = Key })),
        ["start: of an index for the table"] = (Start, By("P = :p", q => q with { ExclusiveStartKey = Key.With("L", 1) })),
        ["start: mistyped key of the table for an index"] = (
            Start, By("P = :p", q => q with { IndexName = "Local", ExclusiveStartKey = Key.With("S", 1).With("L", 1) })),
        ["start: before the condition"] = (
            Start, By("P < :p", q => q with { ExclusiveStartKey = Key.Without("S") })),
        ["start: condition before the boundaries"] = (
            Unsupported, By("P < :p", q => q with { ExclusiveStartKey = Key.With("P", "x") })),
        ["start: in another partition"] = (
            "The provided starting key is outside query boundaries based on provided conditions",
            By("P = :p", q => q with { ExclusiveStartKey = Key.With("P", "x") })),
        ["start: outside the range"] = (
            "The provided starting key does not match the range key predicate",
            By("P = :p AND S < :p", q => q with { ExclusiveStartKey = Key })),
        ["start: outside the range and the partition"] = (
            "The provided starting key does not match the range key predicate",
            By("P = :p AND S < :p", q => q with { ExclusiveStartKey = Key.With("P", "x") })),
        ["start: inside the range of another partition"] = (
            "The query can return at most one row and cannot be restarted",
            By("P = :p AND S > :p", q => q with { ExclusiveStartKey = Key.With("P", "x") })),
        ["start: of a scan without the sort key"] = (NoMatch, Scan(s => s with { ExclusiveStartKey = Key.Without("S") })),
        ["start: of a scan with an attribute more"] = (NoMatch, Scan(s => s with { ExclusiveStartKey = Key.With("x", 1) })),
        ["start: of a scan mistyped"] = (NoMatch, Scan(s => s with { ExclusiveStartKey = Key.With("P", 1) })),
        ["start: of a scan of an index without its key"] = (
            Start, Scan(s => s with { IndexName = "Keys", ExclusiveStartKey = Key })),
        ["start: of a scan of an index mistyped"] = (
            NoMatch, Scan(s => s with { IndexName = "Keys", ExclusiveStartKey = Key.With("G", "g").With("S", 1) })),
        ["start: outside the segment"] = (
            // The hash of "p" begins with 14, so it is in the first half.
            Start + ": Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: 2 Segment: 1",
            Scan(s => s with { ExclusiveStartKey = Key, TotalSegments = 2, Segment = 1 })),

        ["filter: on the partition key"] = (
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: P",
            By("P = :p", q => q with { FilterExpression = "S = :p OR P = :p" })),
        ["filter: on the sort key within a function"] = (
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: S",
            By("P = :p", q => q with { FilterExpression = "NOT contains(a, S)" })),
        ["filter: older form on the sort key"] = (
            "QueryFilter can only contain non-primary key attributes: Primary key attribute: S",
            Legacy(q => q with { QueryFilter = Of(("S", new(ComparisonOperator.NOT_NULL))) })),
        ["filter: on the key of the index"] = (
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: L",
            By("P = :p", q => q with { IndexName = "Local", FilterExpression = "attribute_exists(L)" })),
        ["filter: nested projection before it"] = (
            Scalars + "IndexKey: G",
            By("P = :p", q => q with { FilterExpression = "P = :p", ProjectionExpression = "G.a" })),
        ["filter: nested path into a key"] = (Scalars + "Key: S", By("P = :p", q => q with { FilterExpression = "S.a = :p" })),
        ["filter: on the key before its nested path"] = (
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: P",
            By("P = :p", q => q with { FilterExpression = "G[0] = :p AND P = :p" })),
        ["filter: of a scan into a key"] = (
            Scalars + "Key: P",
            Scan(s => s with { FilterExpression = "P[1] = :p", ExpressionAttributeValues = Values })),

        ["select: count and an expression"] = (
            "Cannot specify the ProjectionExpression when choosing to get only the Count",
            By("P = :p", q => q with { Select = Select.COUNT, ProjectionExpression = "a" })),
        ["select: all and an expression"] = (
            "Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES",
            By("P = :p", q => q with { Select = Select.ALL_ATTRIBUTES, ProjectionExpression = "a" })),
        ["select: all projected and an expression without an index"] = (
            "Cannot specify the ProjectionExpression when choosing to get ALL_PROJECTED_ATTRIBUTES",
            Scan(s => s with { Select = Select.ALL_PROJECTED_ATTRIBUTES, ProjectionExpression = "a" })),
        ["select: count and attributes"] = (
            "Cannot specify the AttributesToGet when choosing to get only the Count",
            Legacy(q => q with { Select = Select.COUNT, AttributesToGet = ["a"] })),
        ["select: all and attributes"] = (
            "Cannot specify the AttributesToGet when choosing to get ALL_ATTRIBUTES",
            Scan(s => s with { Select = Select.ALL_ATTRIBUTES, AttributesToGet = ["a"] })),
        ["select: all and attributes of a global index that lacks some"] = (
            "Cannot specify the AttributesToGet when choosing to get ALL_ATTRIBUTES",
            Scan(s => s with { IndexName = "Keys", Select = Select.ALL_ATTRIBUTES, AttributesToGet = ["a"] })),
        ["select: all projected of the table"] = (
            "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
            By("P = :p", q => q with { Select = Select.ALL_PROJECTED_ATTRIBUTES })),
        ["select: all projected of a scanned table"] = (
            "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
            Scan(s => s with { Select = Select.ALL_PROJECTED_ATTRIBUTES })),
        ["select: specific without a projection"] = (
            "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
            By("P = :p", q => q with { Select = Select.SPECIFIC_ATTRIBUTES })),
        ["select: specific without a projection of a scan"] = (
            "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
            Scan(s => s with { Select = Select.SPECIFIC_ATTRIBUTES })),
        ["select: all of a global index that lacks some"] = (
            Invalid + "Select type ALL_ATTRIBUTES is not supported for global secondary index Keys because its projection "
            + "type is not ALL",
            By("G = :p", q => q with { IndexName = "Keys", Select = Select.ALL_ATTRIBUTES })),
        ["select: all of a scanned global index that lacks some"] = (
            Invalid + "Select type ALL_ATTRIBUTES is not supported for global secondary index Keys because its projection "
            + "type is not ALL",
            Scan(s => s with { IndexName = "Keys", Select = Select.ALL_ATTRIBUTES })),
        ["select: filter on the key before all of a global index"] = (
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: G",
            By("G = :p", q => q with { IndexName = "Keys", Select = Select.ALL_ATTRIBUTES, FilterExpression = "G = :p" })),
        ["select: attribute that a global index lacks"] = (
            Invalid + "Global secondary index Keys does not project [z]",
            By("G = :p", q => q with { IndexName = "Keys", ProjectionExpression = "P, z.a" })),
    };

    private static AttributeMap Values => new() { [":p"] = "p" };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refused_request_says_what_was_wrong(string name)
    {
        var (message, call) = ByName[name];
        var table = await Host.CreateAsync(OperationsTable.Of("P:S S:S")
            .WithLocal("Local", "P:S L:N").WithGlobal("Keys", "G:S", Projection.KeysOnly));

        var refused = () => call(Host.Db, table);

        (await refused.Should().ThrowAsync<ValidationException>()).Which.Message.Should().Be(message);
    }

    [Fact]
    public async Task Unknown_table_is_reported_before_what_its_schema_would_refuse()
    {
        var refused = () => By("P > :p", q => q with { TableName = "Nowhere", IndexName = "None", ExclusiveStartKey = AttributeMap.Empty })(
            Host.Db, "Nowhere");

        await refused.Should().ThrowAsync<ResourceNotFoundException>().WithMessage("Requested resource not found");
    }

    private static Call Query(string expression, Func<QueryRequest, QueryRequest> change) =>
        (db, table) => db.QueryAsync(change(new(table) { KeyConditionExpression = expression }));

    private static Call By(
        string expression, Func<QueryRequest, QueryRequest>? change = null, AttributeValue? value = null, bool noValues = false) =>
        (db, table) =>
        {
            var query = new QueryRequest(table)
            {
                KeyConditionExpression = expression,
                ExpressionAttributeValues = noValues ? null : Values.With(":p", value ?? "p"),
            };
            return db.QueryAsync(change?.Invoke(query) ?? query);
        };

    private static Call NowhereBy(string expression, Func<QueryRequest, QueryRequest>? change = null) =>
        By(expression, query => (change?.Invoke(query) ?? query) with { TableName = "Nowhere" });

    private static Call Legacy(Func<QueryRequest, QueryRequest> change) =>
        (db, table) => db.QueryAsync(change(new(table) { KeyConditions = Of(("P", EqualToP)) }));

    private static Call Nowhere(Func<QueryRequest, QueryRequest> change) =>
        Legacy(query => change(query) with { TableName = "Nowhere" });

    private static Call Scan(Func<ScanRequest, ScanRequest> change) => (db, table) => db.ScanAsync(change(new(table)));

    private static Dictionary<string, Condition> Of(params (string Name, Condition Is)[] conditions) =>
        conditions.ToDictionary(c => c.Name, c => c.Is);
}
