using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Deployment;

public sealed class AlertCoverageTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Each_alert_has_a_test_in_which_it_fires_and_one_in_which_it_does_not(bool fires)
    {
        var tested = AlertRules.Tests.Where(test => test.Expected.Count > 0 == fires).Select(test => test.Alertname);

        tested.Should().BeEquivalentTo(AlertRules.All.Select(rule => rule.Alert)).And.NotBeEmpty();
    }
}
