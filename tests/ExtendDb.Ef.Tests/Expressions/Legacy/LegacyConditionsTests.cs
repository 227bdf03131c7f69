using ExtendDb.Ef.Expressions.Legacy;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;
using Op = ExtendDb.Ef.Model.ComparisonOperator;

namespace ExtendDb.Ef.Tests.Expressions.Legacy;

public sealed class LegacyConditionsTests
{
    private const string Invalid = "One or more parameter values were invalid: ";

    private static readonly AttributeMap Item = new()
    {
        ["n"] = 5,
        ["s"] = "str",
        ["t"] = true,
        ["nul"] = new AttributeValue.NULL(),
        ["b"] = "abc"u8.ToArray(),
        ["ss"] = new AttributeValue.SS("x", "y"),
        ["ns"] = new AttributeValue.NS(DynamoNumber.Parse("1"), DynamoNumber.Parse("5")),
        ["l"] = new AttributeValue.L("x", 5, true),
    };

    public static TheoryData<string> Expectations => [.. Refused.Keys];

    public static TheoryData<Op, int> WrongCounts => new()
    {
        { Op.NULL, 1 }, { Op.NOT_NULL, 1 }, { Op.EQ, 2 }, { Op.NE, 0 }, { Op.LE, 2 }, { Op.LT, 0 }, { Op.GE, 2 }, { Op.GT, 0 },
        { Op.CONTAINS, 2 }, { Op.NOT_CONTAINS, 0 }, { Op.BEGINS_WITH, 2 }, { Op.BETWEEN, 1 }, { Op.BETWEEN, 3 }, { Op.IN, 0 },
    };

    private static Dictionary<string, (string Message, ExpectedAttributeValue Expected)> Refused => new()
    {
        ["value and list"] = (
            Invalid + "Value and AttributeValueList cannot be used together for Attribute: a",
            new() { Value = 1, AttributeValueList = [1], ComparisonOperator = Op.EQ, Exists = true }),
        ["operator and exists"] = (
            Invalid + "Exists and ComparisonOperator cannot be used together for Attribute: a",
            new() { ComparisonOperator = Op.LT, Exists = false }),
        ["operator alone"] = (
            Invalid + "Value or AttributeValueList must be used with ComparisonOperator: LT for Attribute: a",
            new() { ComparisonOperator = Op.LT }),
        ["operator with an empty list"] = (
            Invalid + "Invalid number of argument(s) for the EQ ComparisonOperator",
            new() { ComparisonOperator = Op.EQ, AttributeValueList = [] }),
        ["NULL with a value"] = (
            Invalid + "Invalid number of argument(s) for the NULL ComparisonOperator",
            new() { ComparisonOperator = Op.NULL, Value = 1 }),
        ["two types"] = (
            Invalid + "AttributeValues inside AttributeValueList must be of same type",
            new() { ComparisonOperator = Op.IN, AttributeValueList = [1, "a"] }),
        ["type that the operator does not take"] = (
            Invalid + "ComparisonOperator IN is not valid for SS AttributeValue type",
            new() { ComparisonOperator = Op.IN, AttributeValueList = [new AttributeValue.SS("a")] }),
        ["bounds in the wrong order"] = (
            "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
            new() { ComparisonOperator = Op.BETWEEN, AttributeValueList = [2, 1] }),
        ["list alone"] = (
            Invalid + "AttributeValueList can only be used with a ComparisonOperator for Attribute: a",
            new() { AttributeValueList = [1], Exists = true }),
        ["nothing"] = (Invalid + "Value must be provided when Exists is null for Attribute: a", new()),
        ["exists without a value"] = (
            Invalid + "Value must be provided when Exists is true for Attribute: a", new() { Exists = true }),
        ["a value that is not to exist"] = (
            Invalid + "Value cannot be used when Exists is false for Attribute: a", new() { Exists = false, Value = 1 }),
    };

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Expectation_that_contradicts_itself_is_refused(string name)
    {
        var (message, expectation) = Refused[name];
        var expected = new Dictionary<string, ExpectedAttributeValue> { ["a"] = expectation };

        var read = () => LegacyConditions.OfExpected(expected, null);

        read.Should().Throw<ValidationException>().Which.Message.Should().Be(message);
    }

    [Theory]
    [MemberData(nameof(WrongCounts))]
    public void Operator_with_another_number_of_values_is_refused(Op comparison, int values)
    {
        var condition = new Condition(comparison, Enumerable.Repeat((AttributeValue)"a", values).ToList());

        var check = () => LegacyConditions.CheckValues(condition);

        check.Should().Throw<ValidationException>().Which.Message.Should().Be(
            Invalid + $"Invalid number of argument(s) for the {comparison} ComparisonOperator");
    }

    [Theory]
    [InlineData(Op.LT, "S N B")]
    [InlineData(Op.LE, "S N B")]
    [InlineData(Op.GT, "S N B")]
    [InlineData(Op.GE, "S N B")]
    [InlineData(Op.IN, "S N B")]
    [InlineData(Op.EQ, "S N B BOOL NULL M L SS NS BS")]
    [InlineData(Op.NE, "S N B BOOL NULL M L SS NS BS")]
    [InlineData(Op.CONTAINS, "S N B BOOL NULL")]
    [InlineData(Op.NOT_CONTAINS, "S N B BOOL NULL")]
    [InlineData(Op.BEGINS_WITH, "S B")]
    public void Operator_takes_only_its_types(Op comparison, string types)
    {
        AttributeValue[] values =
        [
            "a", 1, "a"u8.ToArray(), true, new AttributeValue.NULL(), new AttributeMap(), new AttributeValue.L(),
            new AttributeValue.SS("a"), new AttributeValue.NS(DynamoNumber.Parse("1")), new AttributeValue.BS("a"u8.ToArray()),
        ];

        foreach (var value in values)
        {
            var check = () => LegacyConditions.CheckValues(new Condition(comparison, value));

            if (types.Split(' ').Contains($"{value.Type}"))
            {
                check.Should().NotThrow();
            }
            else
            {
                check.Should().Throw<ValidationException>().Which.Message.Should().Be(
                    Invalid + $"ComparisonOperator {comparison} is not valid for {value.Type} AttributeValue type");
            }
        }
    }

    [Theory]
    [InlineData(0, "ConditionalOperator cannot be used without Filter or Expected")]
    [InlineData(1, "ConditionalOperator can only be used when Filter or Expected has two or more elements")]
    public void Operator_between_fewer_than_two_conditions_is_refused(int conditions, string message)
    {
        var filter = Enumerable.Range(0, conditions).ToDictionary(i => $"a{i}", _ => Condition.EqualTo(1));

        var read = () => LegacyConditions.OfFilter(filter, ConditionalOperator.AND);

        read.Should().Throw<ValidationException>().Which.Message.Should().Be(message);
    }

    [Theory]
    [InlineData("n", Op.EQ, "5", true)]
    [InlineData("n", Op.NE, "5.0", false)]
    [InlineData("s", Op.EQ, "5", false)]
    [InlineData("s", Op.NE, "5", true)]
    [InlineData("missing", Op.EQ, "5", false)]
    [InlineData("missing", Op.NE, "5", true)]
    [InlineData("missing", Op.LT, "5", false)]
    [InlineData("missing", Op.GE, "5", false)]
    [InlineData("n", Op.LT, "6", true)]
    [InlineData("n", Op.GE, "5", true)]
    [InlineData("s", Op.LT, "6", false)]
    [InlineData("s", Op.GE, "6", false)]
    [InlineData("ns", Op.CONTAINS, "5.0", true)]
    [InlineData("ns", Op.NOT_CONTAINS, "5", false)]
    [InlineData("l", Op.CONTAINS, "5.0", true)]
    [InlineData("n", Op.CONTAINS, "5", false)]
    [InlineData("n", Op.NOT_CONTAINS, "5", true)]
    [InlineData("t", Op.NOT_CONTAINS, "5", true)]
    [InlineData("missing", Op.CONTAINS, "5", false)]
    [InlineData("missing", Op.NOT_CONTAINS, "5", false)]
    [InlineData("missing", Op.IN, "5", false)]
    [InlineData("n", Op.IN, "5.00", true)]
    public void Condition_with_a_number_is_true_or_false(string attribute, Op comparison, string number, bool expected)
    {
        var value = new AttributeValue.N(DynamoNumber.Parse(number));

        var holds = Holds(attribute, new(comparison, value));

        holds.Should().Be(expected);
    }

    [Theory]
    [InlineData("s", Op.CONTAINS, "tr", true)]
    [InlineData("s", Op.NOT_CONTAINS, "tr", false)]
    [InlineData("ss", Op.CONTAINS, "x", true)]
    [InlineData("ss", Op.CONTAINS, "z", false)]
    [InlineData("l", Op.CONTAINS, "x", true)]
    [InlineData("b", Op.CONTAINS, "b", false)]
    [InlineData("s", Op.BEGINS_WITH, "st", true)]
    [InlineData("s", Op.BEGINS_WITH, "tr", false)]
    [InlineData("b", Op.BEGINS_WITH, "a", false)]
    [InlineData("missing", Op.BEGINS_WITH, "", false)]
    public void Condition_with_a_string_is_true_or_false(string attribute, Op comparison, string text, bool expected)
    {
        var holds = Holds(attribute, new(comparison, text));

        holds.Should().Be(expected);
    }

    [Theory]
    [InlineData("missing", true)]
    [InlineData("nul", false)]
    [InlineData("n", false)]
    public void Stored_null_is_there(string attribute, bool isNull)
    {
        var holds = (Holds(attribute, new(Op.NULL)), Holds(attribute, new(Op.NOT_NULL)));

        holds.Should().Be((isNull, !isNull));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(ConditionalOperator.AND, false)]
    [InlineData(ConditionalOperator.OR, true)]
    public void Conditions_are_joined_by_and_unless_told(ConditionalOperator? conditionalOperator, bool expected)
    {
        var expectations = new Dictionary<string, ExpectedAttributeValue>
        {
            ["n"] = new() { Value = 5 },
            ["s"] = new() { Exists = false },
        };

        var holds = LegacyConditions.OfExpected(expectations, conditionalOperator)!.Holds(Item);

        holds.Should().Be(expected);
    }

    private static bool Holds(string attribute, Condition condition) =>
        LegacyConditions.OfFilter(new Dictionary<string, Condition> { [attribute] = condition }, null)!.Holds(Item);
}
