using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Querying;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Operations.Querying;

public sealed class KeyConditionRulesTests
{
    private const string EmptyKey =
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ";

    private static readonly KeySchema HashAndRange =
        new(new KeyAttribute("p", AttributeType.S), new KeyAttribute("c", AttributeType.S));

    private static readonly KeySchema HashAndNumber =
        new(new KeyAttribute("p", AttributeType.S), new KeyAttribute("c", AttributeType.N));

    private static readonly KeySchema HashOnly = new(new KeyAttribute("p", AttributeType.S));

    private static readonly Condition A = Condition.EqualTo("a");

    private static Action Reading(KeySchema key, params (string Name, Condition Condition)[] conditions) =>
        () => KeyConditionRules.Read(
            key, KeyConditionReader.Conditions(conditions.ToDictionary(c => c.Name, c => c.Condition), ofIndex: key.IsMultiAttribute));

    [Fact]
    public void Partition_key_alone_reads_all_sort_keys()
    {
        var conditions = new Dictionary<string, Condition> { ["p"] = A };

        var (hash, range) = KeyConditionRules.Read(HashAndRange, KeyConditionReader.Conditions(conditions, ofIndex: false));

        hash.Should().Equal(new AttributeMap { ["p"] = "a" });
        range.Should().Be(SortKeyRange.All);
    }

    [Fact]
    public void Both_keys_give_the_range_of_the_sort_key()
    {
        var conditions = new Dictionary<string, Condition> { ["c"] = Condition.BeginsWith("ab"), ["p"] = A };

        var (hash, range) = KeyConditionRules.Read(HashAndRange, KeyConditionReader.Conditions(conditions, ofIndex: false));

        hash.Should().Equal(new AttributeMap { ["p"] = "a" });
        range.Low.Should().Equal("ab"u8.ToArray());
        range.High.Should().Equal("ac"u8.ToArray());
    }

    [Fact]
    public void Partition_key_without_a_condition_is_refused()
    {
        var read = Reading(HashAndRange, ("c", A));

        var error = read.Should().Throw<ValidationException>();

        error.WithMessage("Query condition missed key schema element: p");
    }

    [Theory]
    [InlineData(ComparisonOperator.LT)]
    [InlineData(ComparisonOperator.LE)]
    [InlineData(ComparisonOperator.GT)]
    [InlineData(ComparisonOperator.GE)]
    [InlineData(ComparisonOperator.BEGINS_WITH)]
    public void Partition_key_is_taken_only_by_equality(ComparisonOperator comparison)
    {
        var read = Reading(HashAndRange, ("p", new Condition(comparison, "a")));

        var error = read.Should().Throw<ValidationException>();

        error.WithMessage("Query key condition not supported");
    }

    [Fact]
    public void Partition_key_between_two_values_is_refused()
    {
        var read = Reading(HashAndRange, ("p", Condition.Between("a", "b")));

        var error = read.Should().Throw<ValidationException>();

        error.WithMessage("Query key condition not supported");
    }

    [Fact]
    public void Condition_on_an_attribute_that_is_no_key_is_refused()
    {
        var read = Reading(HashAndRange, ("p", A), ("x", A));

        var error = read.Should().Throw<ValidationException>();

        error.WithMessage("Query condition missed key schema element: c");
    }

    [Fact]
    public void Condition_on_a_sort_key_of_a_table_without_one_is_refused()
    {
        var read = Reading(HashOnly, ("p", A), ("c", A));

        var error = read.Should().Throw<ValidationException>();

        error.WithMessage(
            "The number of query conditions (2) exceeds the number of key attributes defined in the schema (1)");
    }

    [Fact]
    public void Value_of_another_type_is_refused()
    {
        var (hash, range) = (Reading(HashOnly, ("p", Condition.EqualTo(1))), Reading(HashAndRange, ("p", A), ("c", Condition.AtLeast(1))));

        var errors = new[] { hash, range }.Select(read => Record.Exception(read)!.Message);

        errors.Should().AllSatisfy(m => m.Should().StartWith(
            "One or more parameter values were invalid: Condition parameter type does not match schema type"));
    }

    [Fact]
    public void Number_does_not_begin_with_another()
    {
        var read = Reading(HashAndNumber, ("p", A), ("c", Condition.BeginsWith(1)));

        var error = read.Should().Throw<ValidationException>();

        error.WithMessage("*BEGINS_WITH is not valid for N AttributeValue type");
    }

    [Theory]
    [InlineData(ComparisonOperator.EQ, 0)]
    [InlineData(ComparisonOperator.EQ, 2)]
    [InlineData(ComparisonOperator.BETWEEN, 1)]
    [InlineData(ComparisonOperator.BETWEEN, 3)]
    [InlineData(ComparisonOperator.BEGINS_WITH, 0)]
    public void Wrong_number_of_values_is_refused(ComparisonOperator comparison, int count)
    {
        var values = Enumerable.Repeat((AttributeValue)"a", count).ToArray();

        var read = Reading(HashAndRange, ("p", A), ("c", new Condition(comparison, values)));

        read.Should().Throw<ValidationException>()
            .WithMessage($"*Invalid number of argument(s) for the {comparison} ComparisonOperator");
    }

    [Fact]
    public void Bounds_that_are_exchanged_are_refused()
    {
        var (strings, numbers) = (
            Reading(HashAndRange, ("p", A), ("c", Condition.Between("b", "a"))),
            Reading(HashAndNumber, ("p", A), ("c", Condition.Between(-1, -2))));

        var errors = new[] { strings, numbers }.Select(read => Record.Exception(read)!.Message);

        errors.Should().AllSatisfy(m => m.Should().StartWith(
            "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound"));
    }

    [Fact]
    public void Bounds_that_are_equal_or_ascend_by_number_are_accepted()
    {
        var (equal, ascending) = (
            Reading(HashAndRange, ("p", A), ("c", Condition.Between("a", "a"))),
            Reading(HashAndNumber, ("p", A), ("c", Condition.Between(-10, 9))));

        var errors = new[] { equal, ascending }.Select(Record.Exception);

        errors.Should().AllSatisfy(e => e.Should().BeNull());
    }

    [Fact]
    public void Empty_value_is_refused_by_the_keys_name()
    {
        var (hash, range) = (Reading(HashOnly, ("p", Condition.EqualTo(""))), Reading(HashAndRange, ("p", A), ("c", Condition.BeginsWith(""))));

        var errors = new[] { hash, range }.Select(read => Record.Exception(read)!.Message);

        errors.Should().Equal(EmptyKey + "p", EmptyKey + "c");
    }

    [Theory]
    [InlineData(2048, 1024, true)]
    [InlineData(2049, 1, false)]
    [InlineData(1, 1025, false)]
    public void Values_may_be_as_long_as_keys_and_no_longer(int hash, int range, bool accepted)
    {
        var read = Reading(
            HashAndRange, ("p", Condition.EqualTo(new string('a', hash))), ("c", Condition.EqualTo(new string('a', range))));

        var error = Record.Exception(read);

        (error is null).Should().Be(accepted);
        error?.Should().BeOfType<ValidationException>();
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        var read = Reading(HashAndRange, ("p", A), ("c", Condition.BeginsWith("\ud83d")));

        var error = Record.Exception(read);

        error.Should().BeOfType<ValidationException>();
    }
}
