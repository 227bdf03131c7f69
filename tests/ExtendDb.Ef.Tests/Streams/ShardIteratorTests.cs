using ExtendDb.Ef.Model;
using ExtendDb.Ef.Streams;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Streams;

public class ShardIteratorTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(long.MaxValue)]
    public void Iterator_is_read_as_it_was_written(long? behind)
    {
        var iterator = new ShardIterator(int.MaxValue, 3, behind, Now);

        ShardIterator.Parse(iterator.ToString(), Now).Should().Be(iterator);
    }

    [Fact]
    public void Iterator_is_valid_for_fifteen_minutes()
    {
        var iterator = new ShardIterator(1, 0, null, Now).ToString();

        ShardIterator.Parse(iterator, Now.AddMinutes(15)).Stream.Should().Be(1);
        FluentActions.Invoking(() => ShardIterator.Parse(iterator, Now.AddMinutes(15).AddMilliseconds(1)))
            .Should().Throw<ExpiredIteratorException>().WithMessage(
                "Iterator expired. The iterator was created at time 2026-01-02T03:04:05Z while right now it is 2026-01-02T03:19:05Z, *");
    }

    [Fact]
    public void Iterator_with_any_character_changed_is_refused()
    {
        var iterator = new ShardIterator(1, 0, 7, Now).ToString();

        for (var i = 0; i < iterator.Length; i++)
        {
            foreach (var other in "A_z ")
            {
                var mangled = $"{iterator[..i]}{other}{iterator[(i + 1)..]}";
                if (mangled != iterator)
                {
                    FluentActions.Invoking(() => ShardIterator.Parse(mangled, Now)).Should().Throw<ValidationException>(mangled);
                }
            }
        }
    }
}
