using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Expressions;

public sealed class ProjectionSyntaxTests
{
    [Theory]
    [InlineData(" ", "<EOF>", " ")]
    [InlineData("a,", "<EOF>", ",")]
    [InlineData("a,,b", ",", ",,b")]
    [InlineData(",a", ",", ",a")]
    [InlineData("a b", "b", "a b")]
    [InlineData("a, b,", "<EOF>", ",")]
    [InlineData("(a)", "(", "(a")]
    [InlineData("(a),(b)", "(", "(a")]
    [InlineData("(a,b)", "(", "(a")]
    [InlineData("a..b", ".", "..b")]
    [InlineData("a.", "<EOF>", ".")]
    [InlineData(".a", ".", ".a")]
    [InlineData("a[", "<EOF>", "[")]
    [InlineData("a[]", "]", "[]")]
    [InlineData("a[0", "<EOF>", "0")]
    [InlineData("a[b]", "b", "[b]")]
    [InlineData("a[-1]", "-", "[-1")]
    [InlineData("a[1.5]", ".", "1.5")]
    [InlineData("a[00]", "0", "00]")]
    [InlineData(":n", ":n", ":n")]
    [InlineData("a, :n", ":n", ", :n")]
    [InlineData("size(a)", "(", "size(a")]
    [InlineData("whatever(stuff)", "(", "whatever(stuff")]
    [InlineData("abort,", "<EOF>", ",")]
    [InlineData("a-b", "-", "a-b")]
    [InlineData("a+b", "+", "a+b")]
    [InlineData("a*", "*", "a*")]
    [InlineData("*", "*", "*")]
    [InlineData("1", "1", "1")]
    [InlineData("1a", "1", "1a")]
    [InlineData("_a", "_", "_a")]
    [InlineData("a;", ";", "a;")]
    [InlineData("#", "#", "#")]
    [InlineData("#.b", "#", "#.")]
    [InlineData("set", "set", "set")]
    [InlineData("a=b", "=", "a=b")]
    [InlineData("a and b", "and", "a and b")]
    [InlineData("and", "and", "and")]
    [InlineData("\"a\"", "\"", "\"a")]
    [InlineData("'a'", "'", "'a")]
    [InlineData("a b c", "b", "a b c")]
    [InlineData("ü", "ü", "ü")]
    [InlineData(" ! a", "!", " ! a")]
    [InlineData(" NOT a", "NOT", " NOT a")]
    [InlineData("a,  ", "<EOF>", ",  ")]
    public void Syntax_error_tells_the_token_and_what_is_near(string text, string token, string near)
    {
        var parse = () => Parsing.Projection(text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be($"Invalid ProjectionExpression: Syntax error; token: \"{token}\", near: \"{near}\"");
    }
}
