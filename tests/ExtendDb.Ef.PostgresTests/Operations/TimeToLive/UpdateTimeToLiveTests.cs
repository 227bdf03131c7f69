using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.TimeToLive;

public class UpdateTimeToLiveTests(OperationsFixture database) : OperationsTests(database)
{
    private const string Bad = "failed to satisfy constraint: Member must ";

    [Fact]
    public async Task Items_of_a_new_table_do_not_expire()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var described = (await Host.Db.DescribeTimeToLiveAsync(new(table))).TimeToLiveDescription;

        described.Should().Be(new TimeToLiveDescription(TimeToLiveStatus.DISABLED, null));
    }

    [Theory]
    [InlineData("Expires")]
    [InlineData("Id")]
    [InlineData("nul \0 and escape \u0001")]
    public async Task Attribute_is_described_until_it_is_disabled(string attribute)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var enabled = await SetAsync(table, attribute, true);
        var described = (await Host.Db.DescribeTimeToLiveAsync(new(table))).TimeToLiveDescription;
        await SetAsync(table, attribute, false);

        enabled.Should().Be(new TimeToLiveSpecification(attribute, true));
        described.Should().Be(new TimeToLiveDescription(TimeToLiveStatus.ENABLED, attribute));
        (await Host.Db.DescribeTimeToLiveAsync(new(table))).TimeToLiveDescription.TimeToLiveStatus.Should().Be(TimeToLiveStatus.DISABLED);
    }

    [Theory]
    [InlineData("Expires", true, "TimeToLive is already enabled")]
    [InlineData("Other", true, "TimeToLive is active on a different AttributeName: current AttributeName is Expires")]
    [InlineData("Other", false, "TimeToLive is active on a different AttributeName: current AttributeName is Expires")]
    public async Task What_is_enabled_is_not_enabled_again_or_by_another_attribute(string attribute, bool enabled, string message)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await SetAsync(table, "Expires", true);

        var refused = () => SetAsync(table, attribute, enabled);

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(message);
        (await Host.Db.DescribeTimeToLiveAsync(new(table))).TimeToLiveDescription.AttributeName.Should().Be("Expires");
    }

    [Fact]
    public async Task What_is_disabled_is_not_disabled_again()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var refused = () => SetAsync(table, "Expires", false);

        await refused.Should().ThrowAsync<ValidationException>().WithMessage("TimeToLive is already disabled");
    }

    [Theory]
    [InlineData(null, true, "1 validation error detected: Value null at 'timeToLiveSpecification.attributeName' " + Bad + "not be null")]
    [InlineData("", true, "1 validation error detected: Value '' at 'timeToLiveSpecification.attributeName' " + Bad + "have length greater than or equal to 1")]
    [InlineData("Expires", null, "1 validation error detected: Value null at 'timeToLiveSpecification.enabled' " + Bad + "not be null")]
    public async Task Specification_that_is_not_whole_is_refused(string? attribute, bool? enabled, string message)
    {
        var refused = () => Host.Db.UpdateTimeToLiveAsync(new("Nowhere", new(attribute!, enabled)));

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(message);
    }

    [Fact]
    public async Task Missing_specification_and_long_names_are_refused()
    {
        var missing = () => Host.Db.UpdateTimeToLiveAsync(new("Nowhere", null!));
        var tooLong = () => SetAsync("Nowhere", new('x', 256), true);

        await missing.Should().ThrowAsync<ValidationException>().WithMessage("*Value null at 'timeToLiveSpecification' *");
        await tooLong.Should().ThrowAsync<ValidationException>().WithMessage("*length less than or equal to 255");
    }

    [Fact]
    public async Task Table_that_is_not_there_is_named()
    {
        var update = () => SetAsync("Nowhere", "Expires", true);
        var describe = () => Host.Db.DescribeTimeToLiveAsync(new("Nowhere"));

        await update.Should().ThrowAsync<ResourceNotFoundException>()
            .WithMessage("Requested resource not found: Table: Nowhere not found");
        await describe.Should().ThrowAsync<ResourceNotFoundException>()
            .WithMessage("Requested resource not found: Table: Nowhere not found");
    }

    private async Task<TimeToLiveSpecification> SetAsync(string table, string attribute, bool enabled) =>
        (await Host.Db.UpdateTimeToLiveAsync(new(table, new(attribute, enabled)))).TimeToLiveSpecification;
}
