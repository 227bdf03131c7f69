using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Expressions;

/// <summary>Which word of an expression is reported: the first one of the text that does not belong.</summary>
public sealed class ExpressionWordTests
{
    [Theory]
    [InlineData("ConditionExpression", "SIZE(a) > :n", "SIZE")]
    [InlineData("ConditionExpression", "Size(a) > :n", "Size")]
    [InlineData("ConditionExpression", "Attribute_Exists(a)", "Attribute_Exists")]
    [InlineData("ConditionExpression", "foo(a)", "foo")]
    [InlineData("ConditionExpression", "foo(a) = :n", "foo")]
    [InlineData("ConditionExpression", "foo1(a)", "foo1")]
    [InlineData("ConditionExpression", "foo(a,b) = :n and size(:n) > :n", "foo")]
    [InlineData("ConditionExpression", "foo(status)", "foo")]
    [InlineData("ConditionExpression", "foo(:q)", "foo")]
    [InlineData("ConditionExpression", "foo(a) and size(a)", "foo")]
    [InlineData("UpdateExpression", "SET a = foo(n)", "foo")]
    [InlineData("UpdateExpression", "SET a = IF_NOT_EXISTS(n,:n)", "IF_NOT_EXISTS")]
    [InlineData("UpdateExpression", "SET a = foo(:q)", "foo")]
    [InlineData("UpdateExpression", "SET a = foo(status)", "foo")]
    [InlineData("UpdateExpression", "SET a = foo(a) SET b = :n", "foo")]
    [InlineData("UpdateExpression", "SET a = :n SET b = foo(a)", "foo")]
    [InlineData("UpdateExpression", "SET a = foo(b), status = c", "foo")]
    [InlineData("KeyConditionExpression", "foo(pk)", "foo")]
    public void Unknown_function_is_refused_by_name(string kind, string text, string function)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be($"Invalid {kind}: Invalid function name; function: {function}");
    }

    [Theory]
    [InlineData("ConditionExpression", "size(a) ", "size")]
    [InlineData("ConditionExpression", "attribute_exists(a) = :t", "attribute_exists")]
    [InlineData("ConditionExpression", "(attribute_exists(a)) = :t", "attribute_exists")]
    [InlineData("ConditionExpression", "a = attribute_exists(b)", "attribute_exists")]
    [InlineData("ConditionExpression", "size(a)", "size")]
    [InlineData("ConditionExpression", "size(contains(a,b)) > :n", "contains")]
    [InlineData("ConditionExpression", "not size(a)", "size")]
    [InlineData("ConditionExpression", "size(a) and a = :n", "size")]
    [InlineData("ConditionExpression", "attribute_exists(attribute_exists(a))", "attribute_exists")]
    [InlineData("ConditionExpression", "attribute_exists(contains(a,b))", "contains")]
    [InlineData("ConditionExpression", "contains(a, attribute_exists(b))", "attribute_exists")]
    [InlineData("ConditionExpression", "a in (attribute_exists(b))", "attribute_exists")]
    [InlineData("ConditionExpression", "size(a) and status = :n", "size")]
    [InlineData("ConditionExpression", "contains(a, attribute_exists(b)) and status = :n", "attribute_exists")]
    [InlineData("ConditionExpression", "size(a) and foo(a)", "size")]
    [InlineData("ConditionExpression", "size(status)", "size")]
    [InlineData("UpdateExpression", "SET a = list_append(l, :l) + :n", "list_append")]
    [InlineData("UpdateExpression", "SET a = list_append(list_append(l,:l),:l)", "list_append")]
    [InlineData("ConditionExpression", "a = attribute_exists(status)", "attribute_exists")]
    [InlineData("ConditionExpression", "contains(status, size(a)) = :n", "contains")]
    [InlineData("UpdateExpression", "SET a = if_not_exists(b, list_append(l, :l))", "list_append")]
    [InlineData("UpdateExpression", "SET a = list_append(l, l) + status", "list_append")]
    [InlineData("UpdateExpression", "SET a = list_append(list_append(status, l), l)", "list_append")]
    public void Function_in_the_wrong_place_is_refused(string kind, string text, string function)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid {kind}: The function is not allowed to be used this way in an expression; "
            + $"function: {function}");
    }

    [Theory]
    [InlineData("ConditionExpression", "a.status = :n", "status")]
    [InlineData("ConditionExpression", "a = true", "true")]
    [InlineData("ConditionExpression", "a = null", "null")]
    [InlineData("ConditionExpression", "status = :q", "status")]
    [InlineData("ConditionExpression", "status = #q", "status")]
    [InlineData("ConditionExpression", "a = :q and status = :n", "status")]
    [InlineData("ConditionExpression", "a = a and status = :n", "status")]
    [InlineData("ConditionExpression", "begins_with(a,:n) and status = :n", "status")]
    [InlineData("ConditionExpression", "status = :n and type = :n", "status")]
    [InlineData("ConditionExpression", "a in (:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n,:n) and status = :n", "status")]
    [InlineData("ConditionExpression", "begins_with(:st,sub)", "sub")]
    [InlineData("ConditionExpression", "begins_with(s,sub)", "sub")]
    [InlineData("ConditionExpression", "contains(s,sub)", "sub")]
    [InlineData("ConditionExpression", "size(empty) = :n0", "empty")]
    [InlineData("ConditionExpression", "status = :n and foo(a)", "status")]
    [InlineData("ConditionExpression", "status = :n and size(a)", "status")]
    [InlineData("ConditionExpression", "status = :n and a[99999999999] = :n", "status")]
    [InlineData("ConditionExpression", "status = :n and if_not_exists(a,:n) = :n", "status")]
    [InlineData("ConditionExpression", "status = attribute_exists(a)", "status")]
    [InlineData("UpdateExpression", "SET status = :n", "status")]
    [InlineData("UpdateExpression", "SET a.status = :n", "status")]
    [InlineData("UpdateExpression", "SET a = status", "status")]
    [InlineData("UpdateExpression", "SET a = :q, status = :n", "status")]
    [InlineData("UpdateExpression", "SET a = :n SET status = :n", "status")]
    [InlineData("UpdateExpression", "set #q = :q set abOrt = true", "abOrt")]
    [InlineData("UpdateExpression", "SET status = c, a = foo(b)", "status")]
    [InlineData("UpdateExpression", "SET status = type", "status")]
    [InlineData("UpdateExpression", "SET a = type, status = b", "type")]
    [InlineData("UpdateExpression", "SET a = status, b = type", "status")]
    [InlineData("ProjectionExpression", "abort", "abort")]
    [InlineData("ProjectionExpression", "status, #q", "status")]
    [InlineData("ProjectionExpression", "status", "status")]
    [InlineData("ProjectionExpression", "a.status", "status")]
    [InlineData("KeyConditionExpression", "pk = :s and status = :s", "status")]
    [InlineData("UpdateExpression", "SET status = list_append(l, l) + :n", "status")]
    [InlineData("UpdateExpression", "SET a = status + list_append(l, l)", "status")]
    [InlineData("UpdateExpression", "SET a = list_append(status, list_append(l, l))", "status")]
    public void Reserved_word_is_refused_as_a_name(string kind, string text, string word)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be($"Invalid {kind}: Attribute name is a reserved keyword; reserved keyword: {word}");
    }

    [Theory]
    [InlineData("ConditionExpression", "a[99999999999] = :n", "99999999999")]
    [InlineData("ConditionExpression", "a[2147483648] = :n", "2147483648")]
    [InlineData("ConditionExpression", "a[99999999999] = :q", "99999999999")]
    [InlineData("ConditionExpression", "a[99999999999] = :n and status = :n", "99999999999")]
    [InlineData("ConditionExpression", "a[99999999999] = :n and foo(a)", "99999999999")]
    [InlineData("UpdateExpression", "SET l[4294967296] = :n", "4294967296")]
    [InlineData("UpdateExpression", "SET a[99999999999] = :q", "99999999999")]
    [InlineData("UpdateExpression", "SET a = b[99999999999], c = foo(d)", "99999999999")]
    [InlineData("ProjectionExpression", "a[99999999999]", "99999999999")]
    public void Index_above_the_range_of_lists_is_refused(string kind, string text, string index)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be($"Invalid {kind}: List index is not within the allowable range; index: [{index}]");
    }

    [Theory]
    [InlineData("ConditionExpression", "#q = :q", "#q")]
    [InlineData("ConditionExpression", "#q = :n and a = :q", "#q")]
    [InlineData("UpdateExpression", "SET #q = :q", "#q")]
    [InlineData("UpdateExpression", "SET a = :q, #q = :n", "#q")]
    [InlineData("UpdateExpression", "SET #q = if_not_exists(:q)", "#q")]
    [InlineData("UpdateExpression", "SET a = :q, b = #q", "#q")]
    [InlineData("UpdateExpression", "SET a = b + #q, #q2 = c", "#q2")]
    [InlineData("UpdateExpression", "ADD a :q SET b = #q", "#q")]
    [InlineData("UpdateExpression", "SET #q = a, #r = b", "#r")]
    [InlineData("UpdateExpression", "SET a = #q, b = #r", "#r")]
    [InlineData("UpdateExpression", "REMOVE #q SET #r = a", "#r")]
    [InlineData("ProjectionExpression", "#q", "#q")]
    [InlineData("ProjectionExpression", "a,b,a,#q", "#q")]
    [InlineData("KeyConditionExpression", "#q = :s", "#q")]
    [InlineData("UpdateExpression", "REMOVE e ADD #q :ss SET a = #r", "#q")]
    public void Name_that_is_not_defined_is_refused(string kind, string text, string name)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid {kind}: An expression attribute name used in the document path is not defined; "
            + $"attribute name: {name}");
    }

    [Theory]
    [InlineData("ConditionExpression", ":q = #q", ":q")]
    [InlineData("ConditionExpression", "a = :q and begins_with(a,:n)", ":q")]
    [InlineData("ConditionExpression", "a = :q and #q = :n", ":q")]
    [InlineData("UpdateExpression", "SET a = if_not_exists(n) , b = :q", ":q")]
    [InlineData("UpdateExpression", "SET pk = :s, a = :q", ":q")]
    [InlineData("UpdateExpression", "SET a = #q, b = :q", ":q")]
    [InlineData("UpdateExpression", "SET a = :q, b = :r", ":r")]
    [InlineData("UpdateExpression", "SET a = :q + :r", ":q")]
    [InlineData("UpdateExpression", "SET a = if_not_exists(b, :q) + :r", ":q")]
    [InlineData("UpdateExpression", "SET a = :q, b = :r, c = :t2", ":t2")]
    [InlineData("UpdateExpression", "SET a = :q REMOVE b ADD c :r", ":r")]
    [InlineData("UpdateExpression", "ADD c :r SET a = :q", ":q")]
    [InlineData("KeyConditionExpression", "pk = :q", ":q")]
    public void Value_that_is_not_defined_is_refused(string kind, string text, string value)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid {kind}: An expression attribute value used in expression is not defined; "
            + $"attribute value: {value}");
    }

    [Theory]
    [InlineData("ConditionExpression", "if_not_exists(a,:n) = :n", "if_not_exists", "a condition")]
    [InlineData("ConditionExpression", "list_append(a,:l) = :l", "list_append", "a condition")]
    [InlineData("ConditionExpression", "if_not_exists(a,:n)", "if_not_exists", "a condition")]
    [InlineData("UpdateExpression", "SET a = size(l)", "size", "an update")]
    [InlineData("UpdateExpression", "SET a = attribute_exists(n)", "attribute_exists", "an update")]
    [InlineData("UpdateExpression", "SET a = begins_with(s,:s)", "begins_with", "an update")]
    [InlineData("UpdateExpression", "SET a = contains(s,:s)", "contains", "an update")]
    [InlineData("UpdateExpression", "SET a = size(b), c = foo(d)", "size", "an update")]
    [InlineData("KeyConditionExpression", "if_not_exists(pk,:s) = :s", "if_not_exists", "a condition")]
    public void Function_of_another_kind_of_expression_is_refused(string kind, string text, string function, string here)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid {kind}: The function is not allowed in {here} expression; "
            + $"function: {function}");
    }

    [Theory]
    [InlineData("ConditionExpression", "((a = :n))")]
    [InlineData("ConditionExpression", "((a)) = :n")]
    [InlineData("ConditionExpression", "(((a = :n)))")]
    [InlineData("ConditionExpression", "((a = :q))")]
    [InlineData("ConditionExpression", "((status = :n))")]
    [InlineData("ConditionExpression", "((a = a))")]
    [InlineData("ConditionExpression", "foo(a) and ((a = :n))")]
    [InlineData("ConditionExpression", "a[99999999999] = :n and ((a = :n))")]
    [InlineData("UpdateExpression", "SET a = ((:n))")]
    [InlineData("UpdateExpression", "SET a = ((:n + :n))")]
    [InlineData("UpdateExpression", "SET a = ((:n)), b = foo(a)")]
    [InlineData("UpdateExpression", "SET a = ((:n)), status = :n")]
    [InlineData("KeyConditionExpression", "((pk = :s))")]
    [InlineData("KeyConditionExpression", "pk = ((:s))")]
    [InlineData("ConditionExpression", "((a = :n)) = b")]
    [InlineData("ConditionExpression", "size(((a))) > :n")]
    [InlineData("UpdateExpression", "SET a = ((b)), c = d RE")]
    public void Redundant_parentheses_are_refused(string kind, string text)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be($"Invalid {kind}: The expression has redundant parentheses;");
    }
}
