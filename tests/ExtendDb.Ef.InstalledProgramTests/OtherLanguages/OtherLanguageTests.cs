using ExtendDb.Ef.ServerTests;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.InstalledProgramTests.OtherLanguages;

/// <summary>Other SDKs, and libraries built on them, each with a script that uses the server and checks every answer.</summary>
public sealed class OtherLanguageTests(WireServer server) : IClassFixture<WireServer>
{
    private const string LastLine = "all answers were right";

    [Fact]
    public Task The_SDK_for_JavaScript_gets_the_answers_it_expects() =>
        CheckAsync(Programs.Node.Location, Scripts.JavaScript("check.mjs", "@aws-sdk/lib-dynamodb"));

    [Fact]
    public Task The_SDK_for_JavaScript_reads_a_stream() =>
        CheckAsync(Programs.Node.Location, Scripts.JavaScript("streams.mjs", "@aws-sdk/client-dynamodb-streams"));

    [Fact]
    public Task Dynamoose_gets_the_answers_it_expects() =>
        CheckAsync(Programs.Node.Location, Scripts.JavaScript("dynamoose.mjs", "dynamoose"));

    [Fact]
    public Task ElectroDB_gets_the_answers_it_expects() =>
        CheckAsync(Programs.Node.Location, Scripts.JavaScript("electrodb.mjs", "electrodb"));

    [Fact]
    public Task DynamoDB_Toolbox_gets_the_answers_it_expects() =>
        CheckAsync(Programs.Node.Location, Scripts.JavaScript("dynamodb-toolbox.mjs", "dynamodb-toolbox"));

    [Fact]
    public Task The_SDK_for_Python_gets_the_answers_it_expects() =>
        CheckAsync(Programs.PythonWithBoto3.Location, Scripts.Python);

    private async Task CheckAsync(string program, string script)
    {
        var ended = await ChildProcess.RunAsync(program, script, server.Url.ToString());

        ended.Output.Trim().Should().EndWith(LastLine, "{0}", ended.Error);
        ended.ExitCode.Should().Be(0);
    }
}
