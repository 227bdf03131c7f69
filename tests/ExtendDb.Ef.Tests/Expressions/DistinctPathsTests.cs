using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Expressions;

public sealed class DistinctPathsTests
{
    [Theory]
    [InlineData("UpdateExpression", "SET a = :n, a = :n", "overlap", "[a]", "[a]")]
    [InlineData("UpdateExpression", "SET a = :n REMOVE a", "overlap", "[a]", "[a]")]
    [InlineData("UpdateExpression", "SET a.b = :n, a = :n", "overlap", "[a, b]", "[a]")]
    [InlineData("UpdateExpression", "SET a = :n, a.b = :n", "overlap", "[a]", "[a, b]")]
    [InlineData("UpdateExpression", "SET a[0] = :n, a.b = :n", "conflict", "[a, [0]]", "[a, b]")]
    [InlineData("UpdateExpression", "SET a.b = :n, a[0] = :n", "conflict", "[a, b]", "[a, [0]]")]
    [InlineData("UpdateExpression", "SET #a = :n, a = :n", "overlap", "[a]", "[a]")]
    [InlineData("UpdateExpression", "SET a[0] = :n, a[0].b = :n", "overlap", "[a, [0]]", "[a, [0], b]")]
    [InlineData("UpdateExpression", "SET a = :n ADD a :n", "overlap", "[a]", "[a]")]
    [InlineData("UpdateExpression", "REMOVE a SET a.b = :n", "overlap", "[a]", "[a, b]")]
    [InlineData("UpdateExpression", "DELETE a :ss ADD a :ss", "overlap", "[a]", "[a]")]
    [InlineData("UpdateExpression", "SET b = :n, a.c = :n, a.b = :n, a.b = :n", "overlap", "[a, b]", "[a, b]")]
    [InlineData("UpdateExpression", "SET a.b = :n, a[1] = :n, a.b = :n", "conflict", "[a, [1]]", "[a, b]")]
    [InlineData("UpdateExpression", "SET a.b[0].c = :n, a.b.d = :n", "conflict", "[a, b, [0], c]", "[a, b, d]")]
    [InlineData("UpdateExpression", "REMOVE x.y, a, x", "overlap", "[x, y]", "[x]")]
    [InlineData("UpdateExpression", "SET a = :n, c.d = :n, b = :n, c = :n", "overlap", "[c, d]", "[c]")]
    [InlineData("UpdateExpression", "SET a = :n, a = :q", "overlap", "[a]", "[a]")]
    [InlineData("UpdateExpression", "SET a = list_append(l,:n), a = :n", "overlap", "[a]", "[a]")]
    [InlineData("UpdateExpression", "SET a = :n, a = list_append(l,:n)", "overlap", "[a]", "[a]")]
    [InlineData("UpdateExpression", "SET a = :n + :s, a.b = :n", "overlap", "[a]", "[a, b]")]
    [InlineData("UpdateExpression", "SET pk = :s, pk = :n", "overlap", "[pk]", "[pk]")]
    [InlineData("UpdateExpression", "SET a = b, a = :q", "overlap", "[a]", "[a]")]
    [InlineData("ProjectionExpression", "a, a", "overlap", "[a]", "[a]")]
    [InlineData("ProjectionExpression", "a, #a", "overlap", "[a]", "[a]")]
    [InlineData("ProjectionExpression", "a, a.b", "overlap", "[a]", "[a, b]")]
    [InlineData("ProjectionExpression", "a.b, a", "overlap", "[a, b]", "[a]")]
    [InlineData("ProjectionExpression", "a[0], a", "overlap", "[a, [0]]", "[a]")]
    [InlineData("ProjectionExpression", "a[0], a.b", "conflict", "[a, [0]]", "[a, b]")]
    [InlineData("ProjectionExpression", "a.b, a[0]", "conflict", "[a, b]", "[a, [0]]")]
    [InlineData("ProjectionExpression", "a[0], a[0]", "overlap", "[a, [0]]", "[a, [0]]")]
    [InlineData("ProjectionExpression", "a.b.c, a.b[0]", "conflict", "[a, b, c]", "[a, b, [0]]")]
    [InlineData("ProjectionExpression", "a.b[1], #a[1]", "conflict", "[a, b, [1]]", "[a, [1]]")]
    [InlineData("ProjectionExpression", "a[0],a.b,b,b", "overlap", "[b]", "[b]")]
    [InlineData("UpdateExpression", "REMOVE e, #q SET a = b DELETE a :n", "overlap", "[a]", "[a]")]
    [InlineData("ProjectionExpression", "#q, a, a.b", "overlap", "[a]", "[a, b]")]
    [InlineData("UpdateExpression", "SET a.#i = :n, a[3] = :n", "conflict", "[a, [3]]", "[a, [3]]")]
    public void Paths_in_each_others_way_are_refused(string kind, string text, string how, string one, string two)
    {
        var parse = () => Parsing.Any(kind, text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid {kind}: Two document paths {how} with each other; "
            + $"must remove or rewrite one of these paths; path one: {one}, path two: {two}");
    }
}
