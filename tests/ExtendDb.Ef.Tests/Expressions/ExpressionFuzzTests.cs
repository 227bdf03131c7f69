using System.Text;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Querying;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Expressions;

/// <summary>EXTENDDB_FUZZ_SECONDS sets how long each test looks for a text that breaks it; a second unless told.</summary>
public sealed class ExpressionFuzzTests(ITestOutputHelper output)
{
    private const int MaxMilliseconds = 2_000;

    private static TimeSpan Length => TimeSpan.FromSeconds(TestVariable.Number("EXTENDDB_FUZZ_SECONDS", otherwise: 1));

    [Fact]
    public void Any_text_is_refused_or_parsed_to_what_evaluates()
    {
        var random = SeededRandom.Printed(output);

        var (parsed, refused) = Run(random, RandomExpressions.Any);

        output.WriteLine($"{parsed} parsed, {refused} refused");
        refused.Should().BeGreaterThan(parsed, "most of these texts are broken");
    }

    [Fact]
    public void Well_formed_text_is_refused_or_parsed_to_what_evaluates()
    {
        var random = SeededRandom.Printed(output);

        var (parsed, refused) = Run(random, RandomExpressions.WellFormed);

        output.WriteLine($"{parsed} parsed, {refused} refused");
        parsed.Should().BeGreaterThan(refused / 4, "well-formed texts of which few evaluate prove little");
    }

    [Theory]
    [InlineData("(")]
    [InlineData("NOT (")]
    [InlineData("NOT ")]
    [InlineData("size(")]
    [InlineData("SET a = (")]
    [InlineData("SET a = list_append(")]
    [InlineData("a.")]
    [InlineData("a[0]")]
    [InlineData("a in (")]
    [InlineData("a = :n AND ")]
    [InlineData("a between ")]
    [InlineData("#")]
    [InlineData("😀")]
    public void Deeply_nested_text_is_refused_on_a_small_stack(string repeated)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, 4_096 / Encoding.UTF8.GetByteCount(repeated)));
        var failures = new List<Exception>();

        var thread = new Thread(
            () =>
            {
                foreach (var kind in RandomExpressions.Kinds)
                {
                    try
                    {
                        Parsing.Any(kind, text);
                    }
                    catch (ValidationException)
                    {
                        // What DynamoDB would say to a client.
                    }
                    catch (Exception failure)
                    {
                        failures.Add(failure);
                    }
                }
            },
            maxStackSize: 1024 * 1024);
        thread.Start();

        thread.Join(TestDeadline.Usual).Should().BeTrue();
        failures.Should().BeEmpty();
    }

    private (int Parsed, int Refused) Run(SeededRandom random, Func<SeededRandom, string, string> text)
    {
        var (parsed, refused) = (0, 0);
        var end = Environment.TickCount64 + (long)Length.TotalMilliseconds;
        do
        {
            var kind = random.OneOf(RandomExpressions.Kinds);
            var (expression, item) = (text(random, kind), RandomExpressions.Item(random));
            var started = Environment.TickCount64;
            try
            {
                Evaluate(random, kind, expression, item);
                parsed++;
            }
            catch (ValidationException)
            {
                refused++;
            }
            catch (Exception failure)
            {
                output.WriteLine($"{kind}: {expression}\nItem: {item}\n{failure}");
                throw;
            }

            (Environment.TickCount64 - started).Should().BeLessThan(MaxMilliseconds, "of {0}", expression);
        }
        while (Environment.TickCount64 < end || parsed == 0 || refused == 0);
        return (parsed, refused);
    }

    private static void Evaluate(SeededRandom random, string kind, string text, AttributeMap item)
    {
        var placeholders = RandomExpressions.Placeholders(random);
        switch (kind)
        {
            case "UpdateExpression":
                var update = ItemUpdate.Parse(text, placeholders)!;
                var before = item.ToString();
                try
                {
                    update.Touched.Of(update.ApplyTo(item));
                }
                finally
                {
                    item.ToString().Should().Be(before, "an update leaves the item alone that it is worked out from");
                }

                break;
            case "ProjectionExpression":
                var projection = DocumentProjection.Parse(text, placeholders)!;
                var projected = projection.Of(item);
                projection.Paths.Should().AllSatisfy(path => (path.In(item) is null || projected.Count > 0).Should().BeTrue());
                break;
            default:
                var condition = ItemCondition.Parse(text, placeholders, kind)!;
                condition.Holds(item).Should().Be(!new Predicate.Not(condition.Predicate).Holds(item));
                condition.Holds(null);
                if (kind == "KeyConditionExpression")
                {
                    KeyConditionReader.Conditions(condition).Should().NotBeEmpty();
                }

                break;
        }
    }
}
