using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Expressions;

/// <summary>Each limit holds at its last allowed value and is told at the first one above it.</summary>
public sealed class ExpressionLimitTests
{
    private const string TooManyOperators = "The expression contains too many operators; operator count: 301";
    private const string TooDeep = "The document path has too many nesting levels; nesting levels: 33";
    private const string TooLong = "Expression size has exceeded the maximum allowed size;";

    public static TheoryData<string, string> Allowed => new()
    {
        { "ConditionExpression", Padded("a = :n", 4_096) },
        { "FilterExpression", Padded("a = :n", 4_096) },
        { "KeyConditionExpression", Padded("a = :n", 4_096) },
        { "UpdateExpression", Padded("SET a = :n", 4_096) },
        { "ProjectionExpression", Padded("a", 4_096) },
        { "ConditionExpression", Joined(" OR ", 150, "a=:n") },
        { "ConditionExpression", string.Concat(Enumerable.Repeat("NOT ", 299)) + "a=:n" },
        { "ConditionExpression", $"a IN ({Joined(",", 100, ":n")})" },
        { "ConditionExpression", Path(32) + " = :n" },
        { "ConditionExpression", "a" + string.Concat(Enumerable.Repeat("[0]", 31)) + " = :n" },
        { "ConditionExpression", "a[2147483647] = :n" },
        { "ConditionExpression", new string('x', 4_000) + " = :n" },
        { "UpdateExpression", $"REMOVE {Path(32)}" },
        { "UpdateExpression", "REMOVE " + Numbered(301, "a{0}") },
        { "UpdateExpression", "SET " + Numbered(301, "a{0}=:n") },
        { "UpdateExpression", "ADD " + Numbered(301, "a{0} :n") },
        { "UpdateExpression", "DELETE " + Numbered(301, "a{0} :ss") },
        { "UpdateExpression", "SET " + Numbered(300, "a{0}=b+b") },
        { "ProjectionExpression", Numbered(400, "a{0}") },
        { "ProjectionExpression", Path(32) },
    };

    public static TheoryData<string, string, string> Refused => new()
    {
        { "ConditionExpression", Padded("a = :n", 4_097), TooLong + " expression size: 4097" },
        { "FilterExpression", new string('!', 4_097), TooLong + " expression size: 4097" },
        { "KeyConditionExpression", Padded("a = :n", 4_107), TooLong + " expression size: 4107" },
        { "ConditionExpression", new string('ü', 2_049), TooLong + " expression size: 4098" },
        { "UpdateExpression", Padded("SET a = :n", 4_097), TooLong },
        { "ProjectionExpression", Padded("a", 4_097), TooLong },
        { "ConditionExpression", Joined(" OR ", 151, "a=:n"), TooManyOperators },
        { "ConditionExpression", Joined(" OR ", 301, "a=:n"), TooManyOperators },
        { "ConditionExpression", string.Concat(Enumerable.Repeat("NOT ", 300)) + "a=:n", TooManyOperators },
        { "ConditionExpression", string.Concat(Enumerable.Repeat("NOT ", 1_000)) + "a=:n", TooManyOperators },
        { "ConditionExpression", Joined(" OR ", 101, "size(a)=:n"), TooManyOperators },
        { "ConditionExpression", Joined(" OR ", 151, "a IN (:n)"), TooManyOperators },
        { "ConditionExpression", Joined(" OR ", 151, "a BETWEEN b AND c"), TooManyOperators },
        { "ConditionExpression", Joined(" OR ", 151, "contains(a,b)"), TooManyOperators },
        { "UpdateExpression", "SET " + Numbered(301, "a{0}=b+b"), TooManyOperators },
        {
            "ConditionExpression", Joined(" OR ", 151, "a=:n") + " OR status=:n",
            "Attribute name is a reserved keyword; reserved keyword: status"
        },
        {
            "ConditionExpression", Joined(" OR ", 151, "a=:n") + " OR b=:q",
            "An expression attribute value used in expression is not defined; attribute value: :q"
        },
        {
            "ConditionExpression", $"a IN ({Joined(",", 101, ":n")})",
            "The IN operator is provided with too many operands; number of operands: 101"
        },
        {
            "ConditionExpression", $"a IN ({Joined(",", 101, ":n")}) and b = :q",
            "The IN operator is provided with too many operands; number of operands: 101"
        },
        {
            "ConditionExpression", $"a IN (a,{Joined(",", 101, ":n")})",
            "The first operand must be distinct from the remaining operands for this operator or function; "
            + "operator: IN, first operand: [a]"
        },
        { "ConditionExpression", Path(33) + " = :n", TooDeep },
        { "ConditionExpression", "a" + string.Concat(Enumerable.Repeat("[0]", 32)) + " = :n", TooDeep },
        { "ConditionExpression", Path(33) + " = :q", TooDeep },
        {
            "ConditionExpression", $":q = {Path(33)}",
            "An expression attribute value used in expression is not defined; attribute value: :q"
        },
        {
            "ConditionExpression", Path(33) + " = :n and status = :n",
            "Attribute name is a reserved keyword; reserved keyword: status"
        },
        { "UpdateExpression", $"SET {Path(33)} = :n", TooDeep },
        { "UpdateExpression", $"SET {Path(33)} = :q", TooDeep },
        { "UpdateExpression", $"SET a = :q, b = {Path(33)}", TooDeep },
        {
            "UpdateExpression", $"SET a = {Path(33)}, b = :q",
            "An expression attribute value used in expression is not defined; attribute value: :q"
        },
        { "ProjectionExpression", Path(33), TooDeep },
        { "ConditionExpression", "", "The expression can not be empty;" },
        { "FilterExpression", "", "The expression can not be empty;" },
        { "KeyConditionExpression", "", "The expression can not be empty;" },
        { "UpdateExpression", "", "The expression can not be empty;" },
        { "ProjectionExpression", "", "The expression can not be empty;" },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Expression_at_a_limit_is_accepted(string kind, string text)
    {
        var parse = () => Parsing.Any(kind, text);

        parse.Should().NotThrow();
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Expression_above_a_limit_is_refused(string kind, string text, string message)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be($"Invalid {kind}: {message}");
    }

    private static string Padded(string text, int bytes) => text.PadRight(bytes);

    private static string Joined(string separator, int count, string part) =>
        string.Join(separator, Enumerable.Repeat(part, count));

    private static string Numbered(int count, string format) =>
        string.Join(',', Enumerable.Range(0, count).Select(i => string.Format(null, format, i)));

    private static string Path(int steps) => Joined(".", steps, "a");
}
