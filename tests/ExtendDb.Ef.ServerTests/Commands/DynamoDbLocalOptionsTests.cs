using ExtendDb.Ef.Server.Commands;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Commands;

public class DynamoDbLocalOptionsTests
{
    [Theory]
    [InlineData("--in-memory", "-inMemory")]
    [InlineData("--urls", "serve", "-port", "8000")]
    [InlineData("share the tables", "-sharedDb", "-inMemory")]
    [InlineData("--connection", "-dbPath", "/data")]
    [InlineData("--cors-origins", "-cors", "*")]
    [InlineData("real states", "-delayTransientStatuses")]
    [InlineData("by itself", "-optimizeDbBeforeStartup")]
    [InlineData("sends nothing", "-disableTelemetry")]
    public void Option_of_DynamoDB_Local_is_answered_with_what_is_here(string answer, params string[] arguments) =>
        DynamoDbLocalOptions.AnswerTo(arguments).Should().Contain(answer);

    [Fact]
    public void Own_options_are_not_answered() =>
        DynamoDbLocalOptions.AnswerTo(["serve", "--in-memory", "--urls", "http://127.0.0.1:8000"]).Should().BeNull();
}
