using ExtendDb.Ef.Server.Commands;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Deployment;

/// <summary>The command lines of the units and of the compose file.</summary>
public sealed class DeployedCommandTests
{
    [Theory]
    [InlineData("extenddb-serve.service")]
    [InlineData("extenddb-worker.service")]
    public void Unit_runs_a_command_that_there_is(string unit)
    {
        var line = File.ReadLines(DeployFolder.PathOf(unit)).Single(each => each.StartsWith("ExecStart=", StringComparison.Ordinal));

        var command = line["ExecStart=/opt/extenddb/extenddb ".Length..];

        Complaints(command.Split(' ')).Should().BeEmpty();
    }

    [Theory]
    [InlineData("migrate")]
    [InlineData("serve")]
    [InlineData("worker")]
    public void Service_runs_a_command_that_there_is(string service)
    {
        var services = Yaml.Read<ComposeFile>(DeployFolder.PathOf("compose.yaml")).Services;

        var command = services[service].Command;

        command.Should().StartWith(service);
        Complaints(command).Should().BeEmpty();
    }

    [Fact]
    public void Everything_waits_for_the_schema_and_the_schema_for_the_database()
    {
        var services = Yaml.Read<ComposeFile>(DeployFolder.PathOf("compose.yaml")).Services;

        services.Keys.Should().BeEquivalentTo("postgres", "migrate", "serve", "worker");
        services["migrate"].DependsOn["postgres"].Condition.Should().Be("service_healthy");
        services["serve"].DependsOn["migrate"].Condition.Should().Be("service_completed_successfully");
        services["worker"].DependsOn["migrate"].Condition.Should().Be("service_completed_successfully");
        services.Values.Where(service => service.Restart != "on-failure").Should().OnlyContain(service => service.Healthcheck != null);
        services["worker"].Deploy.Replicas.Should().Be(2);
    }

    private static IEnumerable<string> Complaints(IReadOnlyList<string> command) =>
        ExtendDbCommand.Create().Parse(command).Errors.Select(error => error.Message);

    internal sealed class ComposeFile
    {
        public Dictionary<string, ComposeService> Services { get; set; } = [];
    }

    internal sealed class ComposeService
    {
        public List<string> Command { get; set; } = [];

        public Dictionary<string, ComposeDependency> DependsOn { get; set; } = [];

        public string Restart { get; set; } = "";

        public Dictionary<string, object>? Healthcheck { get; set; }

        public ComposeDeploy Deploy { get; set; } = new();
    }

    internal sealed class ComposeDependency
    {
        public string Condition { get; set; } = "";
    }

    internal sealed class ComposeDeploy
    {
        public int Replicas { get; set; } = 1;
    }
}
