using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Querying;
using ExtendDb.Ef.Tests.Expressions;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Operations.Querying;

/// <summary>What of a KeyConditionExpression is refused before the table is known, and what with its key.</summary>
public sealed class KeyConditionReaderTests
{
    private const string Invalid = "Invalid condition in KeyConditionExpression: ";
    private const string Nested = "KeyConditionExpressions cannot contain nested operations";
    private const string NestedPath = "KeyConditionExpressions cannot have conditions on nested attributes";
    private const string Twice = "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key";
    private const string WrongType = "One or more parameter values were invalid: Condition parameter type does not match schema type";
    private const string EmptyKey =
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ";

    private static readonly KeySchema HashAndRange =
        new(new KeyAttribute("pk", AttributeType.S), new KeyAttribute("sk", AttributeType.S));

    [Theory]
    [InlineData("pk <> :s", "<>")]
    [InlineData("pk <> :s and sk = :s", "<>")]
    [InlineData("pk in (:s)", "IN")]
    [InlineData("pk = :s or sk = :s", "OR")]
    [InlineData("NOT pk = :s", "NOT")]
    [InlineData("pk = :s and NOT sk = :s", "NOT")]
    [InlineData("pk = :s and sk <> :s", "<>")]
    [InlineData("pk = :s and contains(sk, :s)", "contains")]
    [InlineData("pk = :s and attribute_exists(sk)", "attribute_exists")]
    [InlineData("pk = :s and attribute_not_exists(sk)", "attribute_not_exists")]
    [InlineData("pk = :s and (sk = :s or sk = :z)", "OR")]
    [InlineData("NOT (pk = :s) or sk = :s", "OR")]
    [InlineData("pk <> :s or sk = :s", "OR")]
    [InlineData("contains(pk, :s) or pk = :s", "OR")]
    public void Operator_that_no_key_condition_has_is_refused(string text, string name)
    {
        var read = () => Parsing.KeyCondition(text);

        var error = read.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be($"Invalid operator used in KeyConditionExpression: {name}");
    }

    [Theory]
    [InlineData("size(pk) = :n", Nested)]
    [InlineData("pk = :s and size(sk) > :n", Nested)]
    [InlineData("pk = :s and sk > size(pk)", Nested)]
    [InlineData("pk = :s and sk between :s and size(pk)", Nested)]
    [InlineData("a > size(b.d)", Nested)]
    [InlineData("a between size(b) and size(a)", Nested)]
    [InlineData("a between b and size(a)", Invalid + "Multiple attribute names used in one condition")]
    [InlineData("b > a.b", Invalid + "Multiple attribute names used in one condition")]
    [InlineData("pk = sk", Invalid + "Multiple attribute names used in one condition")]
    [InlineData("pk = :s and sk = pk", Invalid + "Multiple attribute names used in one condition")]
    [InlineData("pk = :s and sk between a and :z", Invalid + "Multiple attribute names used in one condition")]
    [InlineData("pk = :s and begins_with(sk, a)", Invalid + "Multiple attribute names used in one condition")]
    [InlineData("a.d > c", NestedPath)]
    [InlineData("b[0] > a", NestedPath)]
    [InlineData("pk.a = :s", NestedPath)]
    [InlineData("pk = :s and sk[0] = :s", NestedPath)]
    [InlineData("pk = :s and x.y = :s", NestedPath)]
    [InlineData(":s = :s", Invalid + "No key attribute specified")]
    [InlineData(":z > :s AND pk < :s", Invalid + "No key attribute specified")]
    [InlineData("pk = :s and :s = :s", Invalid + "No key attribute specified")]
    [InlineData("pk = :s and :s between sk and :z", Invalid + "BETWEEN operator must have the key attribute as its first operand")]
    [InlineData(":s between :s and size(a)", Invalid + "BETWEEN operator must have the key attribute as its first operand")]
    [InlineData("pk = :s and begins_with(:s, sk)", Invalid + "begins_with operator must have the key attribute as its first operand")]
    [InlineData("begins_with(:s, :s) and pk = a.b", Invalid + "begins_with operator must have the key attribute as its first operand")]
    [InlineData("pk = :s and pk = :s", Twice)]
    [InlineData("pk = :s and #pk > :s", Twice)]
    [InlineData("pk = :s and sk > :s and sk < :z", Twice)]
    [InlineData("pk = :s and pk = :z and sk <> :s", Twice)]
    public void Condition_that_is_none_on_a_key_is_refused(string text, string message)
    {
        var read = () => Parsing.KeyCondition(text);

        var error = read.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(message);
    }

    [Theory]
    [InlineData("", "The expression can not be empty;")]
    [InlineData("pk", "Syntax error; token: \"<EOF>\", near: \"pk\"")]
    [InlineData("pk =", "Syntax error; token: \"<EOF>\", near: \"=\"")]
    [InlineData("pk = :s, sk = :s", "Syntax error; token: \",\", near: \":s, sk\"")]
    [InlineData("pk == :s", "Syntax error; token: \"=\", near: \"== :s\"")]
    [InlineData("pk != :s", "Syntax error; token: \"!\", near: \"pk !=\"")]
    [InlineData("SET pk = :s", "Syntax error; token: \"SET\", near: \"SET pk\"")]
    [InlineData("((pk = :s))", "The expression has redundant parentheses;")]
    [InlineData("pk = ((:s))", "The expression has redundant parentheses;")]
    public void Text_that_is_no_condition_is_refused_under_its_own_kind(string text, string message)
    {
        var read = () => Parsing.KeyCondition(text);

        var error = read.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be("Invalid KeyConditionExpression: " + message);
    }

    [Theory]
    [InlineData("pk = :n", WrongType)]
    [InlineData("pk = :t", WrongType)]
    [InlineData("pk = :nul", WrongType)]
    [InlineData("pk = :s and sk > :n", WrongType)]
    [InlineData("pk = :s and sk between :n and :n2", WrongType)]
    [InlineData("pk = :s and begins_with(sk, :b)", WrongType)]
    [InlineData("sk = :s", "Query condition missed key schema element: pk")]
    [InlineData("x = :s and y = :s", "Query condition missed key schema element: pk")]
    [InlineData("pk = :s and x = :s", "Query condition missed key schema element: sk")]
    [InlineData("pk > :s", "Query key condition not supported")]
    [InlineData(":s <= pk", "Query key condition not supported")]
    [InlineData("pk between :s and :z", "Query key condition not supported")]
    [InlineData("begins_with(pk, :s)", "Query key condition not supported")]
    [InlineData("pk > :s and sk = :s", "Query key condition not supported")]
    [InlineData("pk = :e", EmptyKey + "pk")]
    [InlineData("pk = :s and sk = :e", EmptyKey + "sk")]
    [InlineData("pk = :s and begins_with(sk, :e)", EmptyKey + "sk")]
    [InlineData("pk = :s and sk between :e and :s", EmptyKey + "sk")]
    public void Condition_that_does_not_fit_the_key_is_refused(string text, string message)
    {
        var read = () => KeyConditionRules.Read(HashAndRange, Parsing.KeyCondition(text));

        var error = read.Should().Throw<ValidationException>();

        error.Which.Message.Should().Be(message);
    }

    [Theory]
    [InlineData("sk = :s", ComparisonOperator.EQ)]
    [InlineData("sk < :s", ComparisonOperator.LT)]
    [InlineData("sk <= :s", ComparisonOperator.LE)]
    [InlineData("sk > :s", ComparisonOperator.GT)]
    [InlineData("sk >= :s", ComparisonOperator.GE)]
    [InlineData(":s = sk", ComparisonOperator.EQ)]
    [InlineData(":s < sk", ComparisonOperator.GT)]
    [InlineData(":s <= sk", ComparisonOperator.GE)]
    [InlineData(":s > sk", ComparisonOperator.LT)]
    [InlineData(":s >= sk", ComparisonOperator.LE)]
    [InlineData("begins_with(sk, :s)", ComparisonOperator.BEGINS_WITH)]
    public void Comparison_is_read_from_the_side_of_the_attribute(string text, ComparisonOperator expected)
    {
        var conditions = Parsing.KeyCondition($"(pk = :z) and ({text})");

        conditions.Should().HaveCount(2);
        conditions[1].Attribute.Should().Be("sk");
        conditions[1].Is.ComparisonOperator.Should().Be(expected);
        conditions[1].Is.AttributeValueList.Should().Equal((AttributeValue)"x");
    }

    [Fact]
    public void Bounds_are_read_in_their_order()
    {
        var conditions = Parsing.KeyCondition("sk between :s and :z and #pk = :s");

        conditions.Select(condition => condition.Attribute).Should().Equal("sk", "pk");
        conditions[0].Is.AttributeValueList.Should().Equal((AttributeValue)"x", (AttributeValue)"zz");
    }
}
