using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Expressions;

public sealed class UpdateSyntaxTests
{
    [Theory]
    [InlineData("   ", "<EOF>", "   ")]
    [InlineData("whatever", "whatever", "whatever")]
    [InlineData("SET", "<EOF>", "SET")]
    [InlineData("SET a", "<EOF>", "a")]
    [InlineData("SET a =", "<EOF>", "=")]
    [InlineData("SET a = :n,", "<EOF>", ",")]
    [InlineData("SET a = :n b = :n", "b", ":n b =")]
    [InlineData("SET a = :n, SET b = :n", "SET", ", SET b")]
    [InlineData("SET a = :n, REMOVE b", "REMOVE", ", REMOVE b")]
    [InlineData("SETa = :n", "SETa", "SETa =")]
    [InlineData("REMOVE", "<EOF>", "REMOVE")]
    [InlineData("REMOVE a,", "<EOF>", ",")]
    [InlineData("REMOVE a b", "b", "a b")]
    [InlineData("REMOVE a = :n", "=", "a = :n")]
    [InlineData("REMOVE :n", ":n", "REMOVE :n")]
    [InlineData("ADD", "<EOF>", "ADD")]
    [InlineData("ADD a", "<EOF>", "a")]
    [InlineData("ADD a b", "b", "a b")]
    [InlineData("ADD a = :n", "=", "a = :n")]
    [InlineData("ADD a :n,", "<EOF>", ",")]
    [InlineData("ADD :n a", ":n", "ADD :n a")]
    [InlineData("ADD a (:n)", "(", "a (:n")]
    [InlineData("ADD a if_not_exists(a,:n)", "if_not_exists", "a if_not_exists(")]
    [InlineData("DELETE a", "<EOF>", "a")]
    [InlineData("DELETE a b", "b", "a b")]
    [InlineData("DELETE a = :n", "=", "a = :n")]
    [InlineData("SET a = b / c", "/", "b / c")]
    [InlineData("SET a = b * c", "*", "b * c")]
    [InlineData("SET a = :n + :n + :n", "+", ":n + :n")]
    [InlineData("SET a = :n - :n - :n", "-", ":n - :n")]
    [InlineData("SET a = :n + (:n + :n)", "+", ":n + :n")]
    [InlineData("SET (a) = :n", "(", "SET (a")]
    [InlineData("SET (a = :n)", "(", "SET (a")]
    [InlineData("SET a = -:n", "-", "= -:n")]
    [InlineData("SET a = +:n", "+", "= +:n")]
    [InlineData("SET a = :n -1", "1", "-1")]
    [InlineData("SET a = 1", "1", "= 1")]
    [InlineData("SET a = \"x\"", "\"", "= \"x")]
    [InlineData("SET a := :n", ":", "a :=")]
    [InlineData("SET a == :n", "=", "== :n")]
    [InlineData("SET :n = a", ":n", "SET :n =")]
    [InlineData("SET a = set", "set", "= set")]
    [InlineData("SET set = :n", "set", "SET set =")]
    [InlineData("SET remove = :n", "remove", "SET remove =")]
    [InlineData("SET add = :n", "add", "SET add =")]
    [InlineData("SET delete = :n", "delete", "SET delete =")]
    [InlineData("SET and = :n", "and", "SET and =")]
    [InlineData("SET between = :n", "between", "SET between =")]
    [InlineData("SET or = :n", "or", "SET or =")]
    [InlineData("SET _a = :n", "_", "SET _a")]
    [InlineData("SET a[0] = :n[0]", "[", ":n[0")]
    [InlineData("SET a = n.b.", "<EOF>", ".")]
    [InlineData("SET l[-1] = :n", "-", "[-1")]
    [InlineData("SET l[1.5] = :n", ".", "1.5")]
    [InlineData("SET a = if_not_exists(n, :n + :n)", "+", ":n + :n")]
    [InlineData("SET a = if_not_exists()", ")", "()")]
    [InlineData("SET if_not_exists(a,:n) = :n", "(", "if_not_exists(a")]
    [InlineData("SET a = n, n2", "<EOF>", "n2")]
    [InlineData("SET a = n n2", "n2", "n n2")]
    [InlineData("SET a = :n WHERE b", "WHERE", ":n WHERE b")]
    [InlineData("SET a = :n AND b = :n", "AND", ":n AND b")]
    [InlineData("SET a = :n  ,  ", "<EOF>", ",  ")]
    [InlineData("  whatever", "whatever", "  whatever")]
    public void Syntax_error_tells_the_token_and_what_is_near(string text, string token, string near)
    {
        var parse = () => Parsing.Update(text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be($"Invalid UpdateExpression: Syntax error; token: \"{token}\", near: \"{near}\"");
    }
}
