using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Expressions;

/// <summary>Of several actions that are in the wrong, DynamoDB names the last one.</summary>
public sealed class UpdateOperandTests
{
    [Theory]
    [InlineData("SET a = if_not_exists(n)", "if_not_exists", 1)]
    [InlineData("SET a = if_not_exists(n,:n,:n)", "if_not_exists", 3)]
    [InlineData("SET a = list_append(l)", "list_append", 1)]
    [InlineData("SET a = list_append(l,l,l)", "list_append", 3)]
    [InlineData("SET b = :q, a = if_not_exists(n)", "if_not_exists", 1)]
    [InlineData("SET a = if_not_exists(:n, b), c = if_not_exists(d)", "if_not_exists", 1)]
    public void Wrong_number_of_operands_is_refused(string text, string function, int operands)
    {
        var parse = () => Parsing.Update(text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid UpdateExpression: Incorrect number of operands for operator or function; "
            + $"operator or function: {function}, number of operands: {operands}");
    }

    [Theory]
    [InlineData("SET a = list_append(:n,l)", "list_append", "N")]
    [InlineData("SET a = list_append(l,:s)", "list_append", "S")]
    [InlineData("SET a = list_append(l,:ss)", "list_append", "SS")]
    [InlineData("SET a = list_append(:n,:s)", "list_append", "N")]
    [InlineData("SET a = n + :s", "+", "S")]
    [InlineData("SET a = :s + n", "+", "S")]
    [InlineData("SET a = n - :t", "-", "BOOL")]
    [InlineData("SET a = n + :l", "+", "L")]
    [InlineData("SET a = :n + :s", "+", "S")]
    [InlineData("ADD b :s SET a = :n + :s", "+", "S")]
    public void Operand_of_a_type_that_does_not_suit_is_refused(string text, string function, string type)
    {
        var parse = () => Parsing.Update(text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid UpdateExpression: Incorrect operand type for operator or function; "
            + $"operator or function: {function}, operand type: {type}");
    }

    [Theory]
    [InlineData("ADD a :s", "ADD", "STRING")]
    [InlineData("ADD a :b", "ADD", "BINARY")]
    [InlineData("ADD a :t", "ADD", "BOOLEAN")]
    [InlineData("ADD a :nul", "ADD", "NULL")]
    [InlineData("ADD a :l", "ADD", "LIST")]
    [InlineData("ADD a :m", "ADD", "MAP")]
    [InlineData("DELETE a :n", "DELETE", "NUMBER")]
    [InlineData("DELETE a :s", "DELETE", "STRING")]
    [InlineData("DELETE a :b", "DELETE", "BINARY")]
    [InlineData("DELETE a :t", "DELETE", "BOOLEAN")]
    [InlineData("DELETE a :nul", "DELETE", "NULL")]
    [InlineData("DELETE a :l", "DELETE", "LIST")]
    [InlineData("DELETE a :m", "DELETE", "MAP")]
    [InlineData("SET a = :n + :s ADD b :s", "ADD", "STRING")]
    [InlineData("SET b = list_append(:s, l), c = if_not_exists(q) ADD d.e :s", "ADD", "STRING")]
    [InlineData("ADD c :s DELETE d :n", "DELETE", "NUMBER")]
    [InlineData("ADD a :s, b :m", "ADD", "MAP")]
    public void Value_that_cannot_be_added_or_deleted_is_refused(string text, string action, string type)
    {
        var parse = () => Parsing.Update(text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid UpdateExpression: Incorrect operand type for operator or function; "
            + $"operator: {action}, operand type: {type}, typeSet: ALLOWED_FOR_{action}_OPERAND");
    }

    [Theory]
    [InlineData("SET a = if_not_exists(if_not_exists(n,:n), :n)", "if_not_exists")]
    [InlineData("SET a = if_not_exists(:n, n)", "if_not_exists")]
    public void Operand_that_is_no_path_is_refused(string text, string function)
    {
        var parse = () => Parsing.Update(text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid UpdateExpression: Operator or function requires a document path; "
            + $"operator or function: {function}");
    }

    [Theory]
    [InlineData("SET a = if_not_exists(c, c)", "if_not_exists", "[c]")]
    [InlineData("SET a = if_not_exists(b, #b)", "if_not_exists", "[b]")]
    [InlineData("SET b = d, a = if_not_exists(#b, b) + :t", "if_not_exists", "[b]")]
    public void First_operand_that_comes_again_is_refused(string text, string function, string path)
    {
        var parse = () => Parsing.Update(text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid UpdateExpression: The first operand must be distinct from the remaining operands for this "
            + $"operator or function; operator: {function}, first operand: {path}");
    }

    [Theory]
    [InlineData("SET a = :n SET b = :n", "SET")]
    [InlineData("REMOVE a REMOVE b", "REMOVE")]
    [InlineData("ADD a :n ADD b :n", "ADD")]
    [InlineData("DELETE a :ss DELETE b :ss", "DELETE")]
    [InlineData("SET a = :n SET b = :q", "SET")]
    [InlineData("SET a = #q SET b = :q", "SET")]
    [InlineData("set a = :n Set a = :n", "SET")]
    public void Clause_that_comes_twice_is_refused(string text, string clause)
    {
        var parse = () => Parsing.Update(text);

        var error = parse.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(
            $"Invalid UpdateExpression: The \"{clause}\" section can only be used once in an update "
            + "expression;");
    }
}
