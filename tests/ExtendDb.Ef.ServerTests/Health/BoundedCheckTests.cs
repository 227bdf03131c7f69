using ExtendDb.Ef.AspNetCore.Health;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Health;

public class BoundedCheckTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Check_that_ends_before_it_is_awaited_has_its_result()
    {
        for (var i = 0; i < 1_000; i++)
        {
            var result = await BoundedCheck.RunAsync(_ => Task.FromResult(i), TestDeadline.Usual, default);

            result.Should().Be(i);
        }
    }

    [Fact]
    public async Task Check_that_ignores_its_cancellation_is_left_behind()
    {
        var never = new TaskCompletionSource<int>();
        var token = CancellationToken.None;

        var check = () => BoundedCheck.RunAsync(
            cancel =>
            {
                token = cancel;
                return never.Task;
            },
            Short,
            default);

        await check.Should().ThrowAsync<OperationCanceledException>();
        await Waiting.UntilAsync(() => token.IsCancellationRequested, "it is told to end");
    }

    [Fact]
    public async Task Failure_of_a_check_is_that_of_the_check()
    {
        var check = () => BoundedCheck.RunAsync<int>(
            _ => Task.FromException<int>(new InvalidDataException("broken")), TestDeadline.Usual, default);

        await check.Should().ThrowAsync<InvalidDataException>();
    }
}
