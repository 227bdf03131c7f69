using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.ControlPlane;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Operations.ControlPlane;

public sealed class TagRulesTests
{
    public static TheoryData<string, string> Good => new()
    {
        { "k", "" },
        { new('k', 128), new('v', 256) },
        { "a+b-c=d.e_f:g/h@i", " 7 " },
        { "ключ", "表\u00a0\u3000" },
        { string.Concat(Enumerable.Repeat("\U00020000", 128)), "x" },
    };

    public static TheoryData<string?, string?, string> Bad => new()
    {
        { null, "v", "The Tag Key provided is invalid, Key: null" },
        { "", "v", "The Tag Key provided is invalid, Key: " },
        { new('k', 129), "v", "The Tag Key provided is invalid, Key: " + new string('k', 129) },
        { "a,b", "v", "The Tag Key provided is invalid, Key: a,b" },
        { "\ud83d", "v", "The Tag Key provided is invalid, Key: *" },
        { "k", null, "The Tag Value provided is invalid, Value: null" },
        { "k", new('v', 257), "The Tag Value provided is invalid, Value: " + new string('v', 257) },
        { "k", "100%", "The Tag Value provided is invalid, Value: 100%" },
        { "k", "🔑", "The Tag Value provided is invalid, Value: 🔑" },
        { "k", "\0", "The Tag Value provided is invalid, Value: \0" },
        { "aws:k", "v", "Tag Key cannot be prefixed with aws:, Key: aws:k" },
        { "AWS:k", "v", "Tag Key cannot be prefixed with aws:, Key: AWS:k" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Good_tag_is_accepted(string key, string value)
    {
        IReadOnlyList<Tag> tags = [new(key, value)];

        var check = () => TagRules.Check(tags);

        check.Should().NotThrow();
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Bad_tag_is_refused_with_what_is_wrong(string? key, string? value, string message)
    {
        IReadOnlyList<Tag> tags = [new("good", "v"), new(key!, value!)];

        var check = () => TagRules.Check(tags);

        check.Should().Throw<ValidationException>().WithMessage(message);
    }

    [Fact]
    public void Tag_that_is_null_is_refused()
    {
        IReadOnlyList<Tag?> tags = [null];

        var check = () => TagRules.Check(tags);

        check.Should().Throw<ValidationException>().WithMessage("The Tag Key provided is invalid, Key: null");
    }

    [Fact]
    public void Key_that_is_given_twice_is_refused()
    {
        IReadOnlyList<Tag> tags = [new("k", "1"), new("k", "2")];

        var check = () => TagRules.Check(tags);

        check.Should().Throw<ValidationException>()
            .WithMessage("Duplicate Tag Keys provided as input: Duplicate Tag Key found k");
    }
}
