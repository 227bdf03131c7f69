using System.Text.RegularExpressions;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>
/// What is wrong with a request is looked for in an order; of several faults the service names the first. DynamoDB Local
/// has an order of its own: it looks for the table, and at the keys, before it reads expressions.
/// </summary>
internal static class RefusalOrder
{
    /// <summary>The beginnings of messages in the service's order.</summary>
    private static readonly IReadOnlyList<(string Step, string Messages)> Steps =
    [
        ("shape", "(?!.* at 'segment')\\d+ validation errors? detected: "),
        ("mixed parameters", "Can not use both expression|ExpressionAttribute(Names|Values) can only be specified"),
        ("ReturnValues", "ReturnValues can only be|Return values set"),
        ("attributes to get", ".*Duplicate value in attribute name|Cannot have two attributes"),
        ("updated attributes", ".*action (with value )?is not supported|.*Only DELETE action"),
        ("older parameters",
            ".*(for Attribute: |ComparisonOperator|AttributeValueList|The BETWEEN condition was)|ConditionalOperator c"),
        ("start and segments", ".*Segments? parameter is|.* at 'segment'|Either the KeyConditions or KeyConditionExpression"),
        ("select", "Cannot specify the|Must specify the|ALL_PROJECTED_ATTRIBUTES can"),
        ("key conditions", "Invalid KeyConditionExpression"),
        ("expressions", "Invalid (Update|Condition|Filter|Projection)Expression|ExpressionAttribute|KeyConditionExpressions "
            + "|Invalid (operator|condition) (used )?in KeyCond"),
        ("unused placeholders", "Value provided in Expression"),
        ("number of conditions", "Conditions can be of length|Too many items|Provided list of item keys contains duplicates"),
        ("table", "Requested resource not found|Cannot do operations on a non-existent table"),
        ("index", "The table does not have the specified index|Consistent reads are not"),
        ("keys", "The provided key element|One of the required keys|Only scalar types|.*Type mismatch for key|.*Missing the key|The number of conditions on the keys|Invalid attribute value type"
            + "|Hash primary key values|.*Size of hashkey|.*Aggregated size|.*The AttributeValue for a key attribute cannot"
            + "|The provided starting key is invalid|Attempted conditional|.*Condition parameter type|Query (key )?condition"),
        ("updates of the key", ".*Cannot update attribute"),
        ("index keys", ".*Type mismatch for Index Key|.*secondary index key|Updates on index keys"),
        ("boundaries", "The provided starting key|The query can return at most"),
        ("paths into keys", "Key attributes must be scalars|Filter Expression can only|QueryFilter can only"),
        ("projections", ".*does not project|.*Select type ALL_ATTRIBUTES is not"),
        ("items of a transaction", "Transaction request cannot include multiple"),
        ("condition", "The conditional request failed|Transaction cancelled.*ConditionalCheckFailed"),
        ("update", "The document path provided|The provided expression refers|An operand in the update|Type mismatch for attribute"
            + "|Number (over|under)flow|Attempting to store|DynamoDB only supports precision"),
    ];

    public static string? ReasonFor(Answer ours, Answer theirs)
    {
        if (ours.Error is null || theirs.Error is null || ours.Left != theirs.Left)
        {
            return null;
        }

        var (our, their) = (StepOf(ours), StepOf(theirs));
        return our >= 0 && our < their ? $"order: {Steps[our].Step} before {Steps[their].Step}" : null;
    }

    public static bool IsUnordered(int step) => Steps[step].Step is "older parameters" or "index keys" or "paths into keys";

    /// <summary>Returns at which step an answer is refused; -1 for none that is known.</summary>
    public static int StepOf(Answer answer) =>
        Steps.Select((step, i) => (step, i))
            .Where(s => Regex.IsMatch(answer.Problem, $"^({s.step.Messages})", RegexOptions.Singleline))
            .Select(s => s.i)
            .FirstOrDefault(-1);
}
