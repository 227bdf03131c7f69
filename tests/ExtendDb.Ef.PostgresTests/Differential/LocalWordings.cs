using System.Text.RegularExpressions;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>The same refusal in the words of DynamoDB Local and in those of the service.</summary>
internal static class LocalWordings
{
    private const string Invalid = "One or more parameter values were invalid: ";
    private const string Observed = "the service was observed to say it so";
    private const string LosesDetail = "Local leaves out the names that the service was observed to give";
    private const string WireNames = "the service was observed to name the type as on the wire, S and not STRING";
    private const string NotSettled = "which of several is named is not promised; Local's follows from a hash set of Java";
    private const string Buffers = "Local shows a Java object in place of the bytes";

    private static readonly IReadOnlyList<(string Local, string Service, string Reason)> All =
    [
        ("Cannot do operations on a non-existent table", "Requested resource not found", Observed),
        ("Return values set to invalid value", "ReturnValues can only be ALL_OLD or NONE", Observed),
        (Invalid + "Type mismatch for key", Invalid + "Type mismatch for key \\w+ expected: \\w+ actual: \\w+", LosesDetail),
        (Invalid + "Type mismatch for key", "The provided key element does not match the schema", Observed),
        ("The number of conditions on the keys is invalid", "The provided key element does not match the schema", Observed),
        ("Invalid attribute value type|" + Invalid + "Type mismatch for Index Key",
            "The update expression attempted to update the secondary index key to unsupported type", Observed),
        ("The query can return at most one row and cannot be restarted. (The provided starting key is invalid: .*)", "$1",
            "the service was observed to give the one message or the other"),
        (".* are not valid. A value specified for a secondary index key is not supported. (.*) IndexName: .*",
            ".* are not valid. $1 Key: \\w+", "whether a condition on a key of an index names the index is not known of the service"),
        ("Query condition missed key schema element", "Query condition missed key schema element: \\w+", LosesDetail),
        ("(.* The AttributeValue for a key attribute cannot contain an empty \\w+ value.) IndexName: .*", "$1 IndexName: .*",
            "of several indexes the service was observed to name the first by name, Local takes local ones first"),
        (Invalid + "Secondary index \\w+ does not project one or more filter attributes: .*",
            Invalid + "Select type ALL_ATTRIBUTES is not supported .*", Observed),
        ("Invalid attribute value type", Invalid + "Type mismatch for (Index Key|key) .*", Observed),
        ("Invalid attribute value type", "The provided key element does not match the schema", Observed),
        (Invalid + "Type mismatch for Index Key", Invalid + "Type mismatch for Index Key \\w+ Expected: .*", LosesDetail),
        ("Updates on index keys must be of the same data type as the key attribute",
            Invalid + "Type mismatch for Index Key \\w+ Expected: .*", Observed),
        ("Hash primary key values must be under 2048 bytes, and range primary key values must be under 1024 bytes",
            Invalid + "(Size of hashkey has exceeded the maximum size limit of2048 bytes"
            + "|Aggregated size of all range keys has exceeded the size limit of 1024 bytes)", Observed),
        ("(" + Invalid + ".* action (with value )?is not supported for the type )(STRING|BINARY|BOOLEAN|LIST|MAP|NUMBER)",
            Invalid + ".* action (with value )?is not supported for the type (S|B|BOOL|L|M|N)", WireNames),
        ("If segment is specified, total segment must also be specified",
            "The TotalSegments parameter is required but was not present in the request when Segment parameter is present", Observed),
        ("If total segments is specified, a particular segment must also be specified for this request",
            "The Segment parameter is required but was not present in the request when parameter TotalSegments is present", Observed),
        ("1 validation error detected: Value '\\d+' at 'segment' failed to satisfy constraint: .*",
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: .*", Observed),
        ("Limit must be greater than or equal to 1",
            "1 validation error detected: Value.* at '[Ll]imit' failed to satisfy constraint: Member must have value greater .*", Observed),
        ("Cannot have two attributes with the same name", Invalid + "Duplicate value in attribute name: .*", Observed),
        ("One of the required keys was not given a value",
            "(The provided key element does not match the schema|" + Invalid + "Missing the key \\w+ in the item)", Observed),
        (Invalid + "Size limit exceeded",
            Invalid + "(Size of hashkey has|Aggregated size of all range keys has) exceeded .*", "an over-long index key is said as an over-long key"),
        ("DynamoDB only supports precision up to 38 digits",
            "Attempting to store more than 38 significant digits in a Number", Observed),
        ("Exclusive start key must lie within the segment",
            "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment.*", Observed),
        ("Exclusive Start Key must have same size as table's key schema", "The provided starting key is invalid.*", Observed),
        ("The provided starting key does not match the range key predicate",
            "(The provided starting key is outside query boundaries based on provided conditions"
            + "|The query can return at most one row and cannot be restarted)", Observed),
        ("The list of keys in RequestItems for BatchGetItem may not contain null or empty values.*",
            "(Requested resource not found|The provided key element does not match the schema)", Observed),
        ("Only scalar types can be used as (Hash|Range) Key values",
            "Attempted conditional constraint is not an indexable operation", Observed),
        (Invalid + "Condition parameter type does not match schema type",
            "Attempted conditional constraint is not an indexable operation", Observed),
        (Invalid + "ComparisonOperator \\w+ is not valid for \\w+ AttributeValue type",
            Invalid + "AttributeValues inside AttributeValueList must be of same type", Observed),
        ("(Can not use both expression and non-expression .*)", "Can not use both expression and non-expression .*",
            "the service was observed to count an empty map as given"),
        ("Key attributes must be scalars; (.*): (Index)?Key: \\w+", "Key attributes must be scalars; $1: (Index)?Key: \\w+", NotSettled),
        ("(Invalid \\w+: Two document paths \\w+ with each other; .*path one: ).*", "$1.*", NotSettled),
        ("(" + Invalid + "Secondary index \\w+ does not project one or more filter attributes: ).*", "$1.*", NotSettled),
        ("(" + Invalid + "Global secondary index \\w+ does not project ).*", "$1.*", NotSettled),
        ("(Invalid \\w+: The BETWEEN operator requires .*)java.nio.HeapByteBuffer.*", "$1[\\w/+=]*}.*", Buffers),
        ("(Invalid \\w+: .*; lower bound operand: AttributeValue: {B:)java.nio.HeapByteBuffer.*", "$1[\\w/+=]*}.*", Buffers),
    ];

    public static string? ReasonFor(Answer ours, Answer theirs)
    {
        if (ours.Error is null || theirs.Error is null || ours.Left != theirs.Left)
        {
            return null;
        }

        if (theirs.Text.Replace("The conditional request failed.\"", "The conditional request failed\"", StringComparison.Ordinal)
            == ours.Text)
        {
            return "wording: the service was observed to end the message of a reason without a full stop";
        }

        if (IsOfUpdate(ours.Problem) && IsOfUpdate(theirs.Problem))
        {
            return "which of several faults that an update meets is named is not promised";
        }

        if (IsOfUpdate(theirs.Problem) && ours.Error == nameof(ExtendDb.Ef.Model.TransactionCanceledException))
        {
            return "the service was observed to cancel a transaction for what an update meets, and to give the reasons of all actions";
        }

        if (ours.Problem == theirs.Problem && ours.Error == nameof(ExtendDb.Ef.Model.TransactionCanceledException))
        {
            return "the service was observed to cancel a transaction with a ValidationError as the reason";
        }

        return All.Where(wording => IsSame(wording.Local, wording.Service, ours.Problem, theirs.Problem))
            .Select(wording => "wording: " + wording.Reason)
            .FirstOrDefault();
    }

    private static bool IsOfUpdate(string problem) => Regex.IsMatch(
        problem, "^(The document path provided|The provided expression refers|An operand in the update|.* 38 )");

    private static bool IsSame(string local, string service, string ours, string theirs)
    {
        var match = Regex.Match(theirs, $"^(?:{local})$", RegexOptions.Singleline);
        return match.Success && Regex.IsMatch(
            ours,
            $"^{service.Replace("$1", Regex.Escape(match.Groups[1].Value), StringComparison.Ordinal)}$",
            RegexOptions.Singleline);
    }
}
