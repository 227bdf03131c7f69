using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Expressions;

/// <summary>Operands are checked when a condition is parsed, whether or not they are ever evaluated.</summary>
public sealed class ConditionOperandTests
{
    [Theory]
    [InlineData("ConditionExpression", "attribute_exists(a,b)", "attribute_exists", 2)]
    [InlineData("ConditionExpression", "attribute_not_exists(a, b, c)", "attribute_not_exists", 3)]
    [InlineData("ConditionExpression", "attribute_type(a)", "attribute_type", 1)]
    [InlineData("ConditionExpression", "begins_with(a)", "begins_with", 1)]
    [InlineData("ConditionExpression", "begins_with(a,b,c)", "begins_with", 3)]
    [InlineData("ConditionExpression", "contains(a)", "contains", 1)]
    [InlineData("ConditionExpression", "contains(a,b,c)", "contains", 3)]
    [InlineData("ConditionExpression", "size(a,b) > :n", "size", 2)]
    [InlineData("ConditionExpression", "begins_with(a) and a = :q", "begins_with", 1)]
    [InlineData("ConditionExpression", "begins_with(a) and a = a", "begins_with", 1)]
    [InlineData("ConditionExpression", "begins_with(:n) ", "begins_with", 1)]
    [InlineData("ConditionExpression", "begins_with(:n,b,c)", "begins_with", 3)]
    [InlineData("ConditionExpression", "attribute_exists(:n, b)", "attribute_exists", 2)]
    [InlineData("KeyConditionExpression", "pk = :s and begins_with(sk)", "begins_with", 1)]
    [InlineData("KeyConditionExpression", "pk = :s and begins_with(sk,:s,:s)", "begins_with", 3)]
    public void Wrong_number_of_operands_is_refused(string kind, string text, string function, int operands)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid {kind}: Incorrect number of operands for operator or function; "
            + $"operator or function: {function}, number of operands: {operands}");
    }

    [Theory]
    [InlineData("ConditionExpression", "attribute_type(a,:n)", "attribute_type", "N")]
    [InlineData("ConditionExpression", "attribute_type(a,:ss)", "attribute_type", "SS")]
    [InlineData("ConditionExpression", "attribute_type(a,size(b))", "attribute_type", "N")]
    [InlineData("ConditionExpression", "begins_with(a,:n)", "begins_with", "N")]
    [InlineData("ConditionExpression", "begins_with(a,:t)", "begins_with", "BOOL")]
    [InlineData("ConditionExpression", "begins_with(a,:nul)", "begins_with", "NULL")]
    [InlineData("ConditionExpression", "begins_with(a,:l)", "begins_with", "L")]
    [InlineData("ConditionExpression", "begins_with(a,:m)", "begins_with", "M")]
    [InlineData("ConditionExpression", "begins_with(a,:ss)", "begins_with", "SS")]
    [InlineData("ConditionExpression", "begins_with(a,:ns)", "begins_with", "NS")]
    [InlineData("ConditionExpression", "begins_with(a,:bs)", "begins_with", "BS")]
    [InlineData("ConditionExpression", "begins_with(:n,a)", "begins_with", "N")]
    [InlineData("ConditionExpression", "begins_with(a,size(b))", "begins_with", "N")]
    [InlineData("ConditionExpression", "begins_with(size(a),b)", "begins_with", "N")]
    [InlineData("ConditionExpression", "size(:n) > :n", "size", "N")]
    [InlineData("ConditionExpression", "size(:t) > :n", "size", "BOOL")]
    [InlineData("ConditionExpression", "size(:nul) > :n", "size", "NULL")]
    [InlineData("ConditionExpression", "size(size(a)) > :n", "size", "N")]
    [InlineData("ConditionExpression", "a < :t", "<", "BOOL")]
    [InlineData("ConditionExpression", "a < :nul", "<", "NULL")]
    [InlineData("ConditionExpression", "a < :l", "<", "L")]
    [InlineData("ConditionExpression", "a < :m", "<", "M")]
    [InlineData("ConditionExpression", "a < :ss", "<", "SS")]
    [InlineData("ConditionExpression", "a < :ns", "<", "NS")]
    [InlineData("ConditionExpression", "a < :bs", "<", "BS")]
    [InlineData("ConditionExpression", "a <= :t", "<=", "BOOL")]
    [InlineData("ConditionExpression", "a <= :nul", "<=", "NULL")]
    [InlineData("ConditionExpression", "a <= :l", "<=", "L")]
    [InlineData("ConditionExpression", "a <= :m", "<=", "M")]
    [InlineData("ConditionExpression", "a <= :ss", "<=", "SS")]
    [InlineData("ConditionExpression", "a <= :ns", "<=", "NS")]
    [InlineData("ConditionExpression", "a <= :bs", "<=", "BS")]
    [InlineData("ConditionExpression", "a > :t", ">", "BOOL")]
    [InlineData("ConditionExpression", "a > :nul", ">", "NULL")]
    [InlineData("ConditionExpression", "a > :l", ">", "L")]
    [InlineData("ConditionExpression", "a > :m", ">", "M")]
    [InlineData("ConditionExpression", "a > :ss", ">", "SS")]
    [InlineData("ConditionExpression", "a > :ns", ">", "NS")]
    [InlineData("ConditionExpression", "a > :bs", ">", "BS")]
    [InlineData("ConditionExpression", "a >= :t", ">=", "BOOL")]
    [InlineData("ConditionExpression", "a >= :nul", ">=", "NULL")]
    [InlineData("ConditionExpression", "a >= :l", ">=", "L")]
    [InlineData("ConditionExpression", "a >= :m", ">=", "M")]
    [InlineData("ConditionExpression", "a >= :ss", ">=", "SS")]
    [InlineData("ConditionExpression", "a >= :ns", ">=", "NS")]
    [InlineData("ConditionExpression", "a >= :bs", ">=", "BS")]
    [InlineData("ConditionExpression", ":t < a", "<", "BOOL")]
    [InlineData("ConditionExpression", "size(a) < :t", "<", "BOOL")]
    [InlineData("ConditionExpression", "a between :t and :t", "BETWEEN", "BOOL")]
    [InlineData("ConditionExpression", "a between :l and :l", "BETWEEN", "L")]
    [InlineData("ConditionExpression", "a between :m and :m", "BETWEEN", "M")]
    [InlineData("ConditionExpression", "a between :ss and :ss", "BETWEEN", "SS")]
    [InlineData("ConditionExpression", "a between :nul and :nul", "BETWEEN", "NULL")]
    [InlineData("ConditionExpression", "a between :n and :t", "BETWEEN", "BOOL")]
    [InlineData("ConditionExpression", "a between :t and :n", "BETWEEN", "BOOL")]
    [InlineData("ConditionExpression", "a between b and :t", "BETWEEN", "BOOL")]
    [InlineData("ConditionExpression", ":t between a and b", "BETWEEN", "BOOL")]
    [InlineData("ConditionExpression", "begins_with(a,:n) and a = a", "begins_with", "N")]
    [InlineData("ConditionExpression", "begins_with(a,:n) and a = :q", "begins_with", "N")]
    [InlineData("ConditionExpression", "a < :t and a = a", "<", "BOOL")]
    [InlineData("ConditionExpression", "a < :t and begins_with(a,:n)", "<", "BOOL")]
    [InlineData("ConditionExpression", "begins_with(a,:n) and a < :t", "begins_with", "N")]
    [InlineData("ConditionExpression", "a < :t or b = :q", "<", "BOOL")]
    [InlineData("KeyConditionExpression", "pk = :s and begins_with(sk,:n)", "begins_with", "N")]
    [InlineData("KeyConditionExpression", "pk = :s and sk < :t", "<", "BOOL")]
    [InlineData("KeyConditionExpression", "pk = :s and sk < :ss", "<", "SS")]
    [InlineData("ConditionExpression", "#b between b and :m", "BETWEEN", "M")]
    public void Operand_of_a_type_that_does_not_suit_is_refused(string kind, string text, string function, string type)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid {kind}: Incorrect operand type for operator or function; "
            + $"operator or function: {function}, operand type: {type}");
    }

    [Theory]
    [InlineData("ConditionExpression", "attribute_exists(:s)", "attribute_exists")]
    [InlineData("ConditionExpression", "attribute_exists(size(a))", "attribute_exists")]
    [InlineData("ConditionExpression", "attribute_not_exists(:n)", "attribute_not_exists")]
    [InlineData("ConditionExpression", "attribute_exists(a) and attribute_exists(:s)", "attribute_exists")]
    public void Operand_that_is_no_path_is_refused(string kind, string text, string function)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid {kind}: Operator or function requires a document path; "
            + $"operator or function: {function}");
    }

    [Theory]
    [InlineData("ConditionExpression", "begins_with(a,a)", "begins_with", "[a]")]
    [InlineData("ConditionExpression", "contains(a,a)", "contains", "[a]")]
    [InlineData("ConditionExpression", "contains(:s,:s) and contains(a,#a)", "contains", "[a]")]
    [InlineData("ConditionExpression", "a = a", "=", "[a]")]
    [InlineData("ConditionExpression", "a = #a", "=", "[a]")]
    [InlineData("ConditionExpression", "#a <> a", "<>", "[a]")]
    [InlineData("ConditionExpression", "a.b[1] = a.b[1]", "=", "[a, b, [1]]")]
    [InlineData("ConditionExpression", "a < a", "<", "[a]")]
    [InlineData("ConditionExpression", "a between a and b", "BETWEEN", "[a]")]
    [InlineData("ConditionExpression", "a between b and a", "BETWEEN", "[a]")]
    [InlineData("ConditionExpression", "a in (a)", "IN", "[a]")]
    [InlineData("ConditionExpression", "a in (b,a)", "IN", "[a]")]
    [InlineData("ConditionExpression", "a = a and a = :q", "=", "[a]")]
    [InlineData("ConditionExpression", "a = a and begins_with(a,:n)", "=", "[a]")]
    [InlineData("KeyConditionExpression", "pk = pk", "=", "[pk]")]
    [InlineData("ConditionExpression", "attribute_type(a, a)", "attribute_type", "[a]")]
    [InlineData("ConditionExpression", "a in (a, :n)", "IN", "[a]")]
    public void First_operand_that_comes_again_is_refused(string kind, string text, string function, string path)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid {kind}: The first operand must be distinct from the remaining operands for this operator or "
            + $"function; operator: {function}, first operand: {path}");
    }

    [Theory]
    [InlineData("ConditionExpression", "a between :n2 and :n", "upper bound to be greater than or equal to lower bound", "N:2", "N:1")]
    [InlineData("ConditionExpression", "a between :n and :s", "same data type for lower and upper bounds", "N:1", "S:x")]
    [InlineData("ConditionExpression", "a between :s and :n", "same data type for lower and upper bounds", "S:x", "N:1")]
    [InlineData("ConditionExpression", "a between :z and :s", "upper bound to be greater than or equal to lower bound", "S:zz", "S:x")]
    [InlineData("ConditionExpression", "size(a) between :n2 and :n", "upper bound to be greater than or equal to lower bound", "N:2", "N:1")]
    [InlineData("ConditionExpression", "a between :n2 and :n and begins_with(a,:n)", "upper bound to be greater than or equal to lower bound", "N:2", "N:1")]
    [InlineData("ConditionExpression", "a between :n2 and :n and a = :q", "upper bound to be greater than or equal to lower bound", "N:2", "N:1")]
    [InlineData("KeyConditionExpression", "pk = :s and sk between :z and :s", "upper bound to be greater than or equal to lower bound", "S:zz", "S:x")]
    [InlineData("KeyConditionExpression", "pk = :s and sk between :n2 and :n", "upper bound to be greater than or equal to lower bound", "N:2", "N:1")]
    [InlineData("KeyConditionExpression", "pk = :s and sk between :s and :n", "same data type for lower and upper bounds", "S:x", "N:1")]
    [InlineData("ConditionExpression", "a between :b and :s", "same data type for lower and upper bounds", "B:YQ==", "S:x")]
    public void Bounds_in_the_wrong_order_or_of_two_types_are_refused(string kind, string text, string rule, string low, string high)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid {kind}: The BETWEEN operator requires {rule}; "
            + $"lower bound operand: AttributeValue: {{{low}}}, upper bound operand: AttributeValue: {{{high}}}");
    }

    [Theory]
    [InlineData("ConditionExpression", "attribute_type(a, :s)", "x")]
    [InlineData("ConditionExpression", "attribute_type(:n, :s)", "x")]
    [InlineData("ConditionExpression", "attribute_type(a, :e)", "")]
    [InlineData("KeyConditionExpression", "pk = :s and attribute_type(sk, :z)", "zz")]
    public void Name_that_is_no_type_is_refused(string kind, string text, string type)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid {kind}: Invalid attribute type name found; "
            + $"type: {type}, valid types: {{N,BS,L,B,NULL,M,S,SS,NS,BOOL}}");
    }
}
