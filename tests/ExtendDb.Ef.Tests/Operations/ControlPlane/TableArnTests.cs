using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Definitions;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Operations.ControlPlane;

public sealed class TableArnTests
{
    private const string Ours = "arn:aws:dynamodb:local:000000000000:table/";

    private static readonly ExtendDbOptions Defaults = new();

    [Fact]
    public void Name_comes_back_out_of_the_ARN()
    {
        var arn = TableArn.Of(Defaults, "My.Table-1_a");

        var name = TableArn.Parse(arn);

        arn.Should().Be(Ours + "My.Table-1_a");
        name.Should().Be("My.Table-1_a");
    }

    [Theory]
    [InlineData("eu-central-1", "aws")]
    [InlineData("cn-north-1", "aws-cn")]
    [InlineData("us-gov-west-1", "aws-us-gov")]
    public void ARN_has_the_region_the_account_and_their_partition(string region, string partition)
    {
        var options = new ExtendDbOptions { Region = region, AccountId = "123456789012" };

        var arn = TableArn.Of(options, "Files");

        arn.Should().Be($"arn:{partition}:dynamodb:{region}:123456789012:table/Files");
    }

    [Fact]
    public void ARN_of_an_index_holds_that_of_its_table()
    {
        var arn = TableArn.Of(Defaults, "Files", "by-day");

        arn.Should().Be(Ours + "Files/index/by-day");
    }

    [Theory]
    [InlineData("Files")]
    [InlineData(Ours + "Files")]
    [InlineData("arn:aws:dynamodb:local:000000000001:table/Files")]
    [InlineData("arn:aws-cn:dynamodb:us-east-1:123456789012:table/Files")]
    public void Name_and_ARN_of_any_region_and_account_name_the_table(string nameOrArn)
    {
        var name = TableArn.NameOf(nameOrArn);

        name.Should().Be("Files");
        TableArn.NamesTable(nameOrArn).Should().BeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("Files\n")]
    [InlineData("arn:")]
    [InlineData("arn:Files")]
    [InlineData("arn:aws:s3:::Files")]
    [InlineData("arn:aws:s3:local:000000000000:table/Files")]
    [InlineData("arn:aws:dynamodb:local:000000000000:Files")]
    [InlineData("arn:aws:dynamodb:local:000000000000:stream/Files")]
    [InlineData(Ours)]
    [InlineData(Ours + "ab")]
    [InlineData(Ours + "a:b")]
    [InlineData(Ours + "Files/")]
    [InlineData(Ours + "Files/index/by-day")]
    public void What_names_no_table_is_left_as_it_is(string text)
    {
        var names = TableArn.NamesTable(text);

        names.Should().BeFalse();
    }

    [Theory]
    [InlineData("arn:aws:dynamodb:local:000000000001:table/Files")]
    [InlineData("arn:aws:dynamodb:us-east-1:000000000000:table/Files")]
    public void Tags_take_the_ARN_of_another_region_and_account(string arn)
    {
        var name = TableArn.Parse(arn);

        name.Should().Be("Files");
    }

    [Theory]
    [InlineData(null, "Invalid TableArn")]
    [InlineData("", "One or more parameter values were invalid: ARNs must start with 'arn:': ")]
    [InlineData("Files", "One or more parameter values were invalid: ARNs must start with 'arn:': Files")]
    [InlineData(Ours + "ab", "Invalid TableArn: Invalid ResourceArn provided as input " + Ours + "ab")]
    [InlineData("arn:aws:s3:::bucket", "Invalid TableArn: Invalid ResourceArn *")]
    [InlineData("arn:aws:dynamodb::000000000000:table/Files", "Invalid TableArn: Invalid ResourceArn *")]
    [InlineData("arn:aws:dynamodb:local::table/Files", "Invalid TableArn: Invalid ResourceArn *")]
    [InlineData(Ours + "Files/", "Invalid TableArn: Invalid ResourceArn *")]
    [InlineData(Ours + "Files\n", "Invalid TableArn: Invalid ResourceArn *")]
    [InlineData(Ours + "Files/index/", "Invalid TableArn: Invalid ResourceArn *")]
    [InlineData(
        Ours + "Files/index/by-day",
        "One or more parameter values were invalid: Invalid resource arn provided, only table or stream is accepted. "
        + "Provided resource arn: " + Ours + "Files/index/by-day")]
    [InlineData(
        Ours + "Files/backup/01",
        "One or more parameter values were invalid: Provided Arn is not a DynamoDB resource arn: " + Ours + "Files/backup/01")]
    public void What_is_no_ARN_of_a_table_has_no_tags(string? arn, string message)
    {
        var parse = () => TableArn.Parse(arn);

        parse.Should().Throw<ValidationException>().WithMessage(message);
    }

    [Fact]
    public void Stream_is_not_found()
    {
        const string Stream = Ours + "Files/stream/2026-01-01T00:00:00.000";

        var parse = () => TableArn.Parse(Stream);

        parse.Should().Throw<ResourceNotFoundException>()
            .WithMessage($"Requested resource not found: ResourceArn: {Stream} not found");
    }
}
