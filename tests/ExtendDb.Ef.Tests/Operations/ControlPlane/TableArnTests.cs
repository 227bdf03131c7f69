using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.ControlPlane;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Operations.ControlPlane;

public sealed class TableArnTests
{
    [Fact]
    public void Name_comes_back_out_of_the_ARN()
    {
        var arn = TableArn.Of("My.Table-1_a");

        var name = TableArn.Parse(arn);

        arn.Should().Be("arn:aws:dynamodb:local:000000000000:table/My.Table-1_a");
        name.Should().Be("My.Table-1_a");
    }

    [Fact]
    public void ARN_of_an_index_holds_that_of_its_table()
    {
        var arn = TableArn.Of("Files", "by-day");

        arn.Should().Be(TableArn.Of("Files") + "/index/by-day");
    }

    [Theory]
    [InlineData(null, "Invalid TableArn")]
    [InlineData("", "One or more parameter values were invalid: ARNs must start with 'arn:': ")]
    [InlineData("Files", "One or more parameter values were invalid: ARNs must start with 'arn:': Files")]
    [InlineData(
        "arn:aws:dynamodb:local:000000000000:table/ab",
        "Invalid TableArn: Invalid ResourceArn provided as input arn:aws:dynamodb:local:000000000000:table/ab")]
    [InlineData("arn:aws:dynamodb:local:000000000001:table/Files", "Invalid TableArn: Invalid ResourceArn *")]
    [InlineData("arn:aws:dynamodb:us-east-1:000000000000:table/Files", "Invalid TableArn: Invalid ResourceArn *")]
    [InlineData("arn:aws:dynamodb:local:000000000000:table/Files/", "Invalid TableArn: Invalid ResourceArn *")]
    [InlineData("arn:aws:dynamodb:local:000000000000:table/Files\n", "Invalid TableArn: Invalid ResourceArn *")]
    [InlineData("arn:aws:dynamodb:local:000000000000:table/Files/index/", "Invalid TableArn: Invalid ResourceArn *")]
    [InlineData(
        "arn:aws:dynamodb:local:000000000000:table/Files/index/by-day",
        "One or more parameter values were invalid: Invalid resource arn provided, only table or stream is accepted. "
        + "Provided resource arn: arn:aws:dynamodb:local:000000000000:table/Files/index/by-day")]
    public void What_is_no_ARN_of_a_table_is_refused(string? arn, string message)
    {
        var parse = () => TableArn.Parse(arn);

        parse.Should().Throw<ValidationException>().WithMessage(message);
    }
}
