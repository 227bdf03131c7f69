using ExtendDb.Ef.Runtime;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Runtime;

public sealed class MarkerSignalTests
{
    // A wait that never ends fails a test, after this long.

    private readonly FakeTime _time = new();
    private readonly MarkerSignal _wakeUp;

    public MarkerSignalTests() => _wakeUp = new(_time);

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private Task<bool> Wait(int atMostMs) => _wakeUp.WaitAsync(Ms(atMostMs), CancellationToken.None);

    // A loop that was woken may look at the clock only after it was moved, so it is moved again.
    private async Task AdvanceUntilAsync(Task done)
    {
        done = done.WaitAsync(TestDeadline.Usual);
        while (!done.IsCompleted)
        {
            _time.Advance(Ms(1000));
            await Task.Yield();
        }

        await done;
    }

    [Fact]
    public void Wait_ends_at_once_when_a_marker_is_due()
    {
        _wakeUp.At(_time.GetUtcNow());

        var wait = Wait(1000);

        wait.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public void Wait_for_no_time_ends_at_once()
    {
        _wakeUp.At(_time.GetUtcNow() + Ms(10));

        var wait = Wait(0);

        wait.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task Wait_ends_after_its_time_without_a_marker()
    {
        var wait = Wait(1000);

        _time.Advance(Ms(1000));

        await wait.WaitAsync(TestDeadline.Usual);
    }

    [Fact]
    public async Task Wait_ends_when_the_marker_becomes_due()
    {
        _wakeUp.At(_time.GetUtcNow() + Ms(10));
        var wait = Wait(1000);

        _time.Advance(Ms(10));

        await wait.WaitAsync(TestDeadline.Usual);
    }

    [Fact]
    public async Task Marker_committed_while_a_loop_waits_wakes_it()
    {
        var wait = Wait(1000);

        _wakeUp.At(_time.GetUtcNow());

        await wait.WaitAsync(TestDeadline.Usual);
    }

    [Fact]
    public async Task Earlier_marker_takes_the_place_of_a_later_one()
    {
        _wakeUp.At(_time.GetUtcNow() + Ms(500));
        var wait = Wait(1000);

        _wakeUp.At(_time.GetUtcNow() - Ms(1));

        await wait.WaitAsync(TestDeadline.Usual);
    }

    [Fact]
    public async Task Later_marker_does_not_put_off_an_earlier_one()
    {
        _wakeUp.At(_time.GetUtcNow() + Ms(10));
        _wakeUp.At(_time.GetUtcNow() + Ms(500));
        var wait = Wait(1000);

        _time.Advance(Ms(10));

        await wait.WaitAsync(TestDeadline.Usual);
    }

    [Fact]
    public void Wait_goes_on_while_the_marker_is_not_due()
    {
        _wakeUp.At(_time.GetUtcNow() + Ms(10));
        var wait = Wait(1000);

        _time.Advance(Ms(9));

        wait.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task One_of_two_waiting_loops_takes_the_wake_up()
    {
        Task[] waits = [Wait(1000), Wait(1000)];

        _wakeUp.At(_time.GetUtcNow());
        var first = await Task.WhenAny(waits).WaitAsync(TestDeadline.Usual);

        // The wake-up is spent: a third loop has to wait for the clock, as the other of the two has.
        var third = Wait(1000);
        third.IsCompleted.Should().BeFalse();
        waits.Should().Contain(wait => wait != first && !wait.IsCompleted);
        await AdvanceUntilAsync(Task.WhenAll([.. waits, third]));
    }

    [Fact]
    public async Task Next_marker_wakes_again()
    {
        _wakeUp.At(_time.GetUtcNow());
        await Wait(1000).WaitAsync(TestDeadline.Usual);

        _wakeUp.At(_time.GetUtcNow());
        var wait = Wait(1000);

        wait.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task Cancelled_wait_ends_with_cancellation()
    {
        using var stop = new CancellationTokenSource();
        var wait = _wakeUp.WaitAsync(Ms(1000), stop.Token);

        await stop.CancelAsync();

        await wait.Awaiting(w => w.WaitAsync(TestDeadline.Usual)).Should().ThrowAsync<OperationCanceledException>();
    }
}
