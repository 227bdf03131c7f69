using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Storage;

public sealed class SchemaVersionTests
{
    [Fact]
    public void Required_schema_is_accepted()
    {
        var required = SchemaVersion.Required;

        var check = () => SchemaVersion.Check(required);

        check.Should().NotThrow();
    }

    [Fact]
    public void Database_without_a_schema_is_refused_with_the_command_to_run()
    {
        string? last = null;

        var check = () => SchemaVersion.Check(last);

        check.Should().Throw<SchemaVersionException>()
            .WithMessage($"*not there yet*{SchemaVersion.Required}*extenddb migrate*ExtendDbMigrator.MigrateAsync*.MigrateOnStart()*")
            .Which.LastMigration.Should().BeNull();
    }

    [Fact]
    public void Older_database_is_refused_with_the_command_to_run()
    {
        const string Older = "20000101000000_Before";

        var check = () => SchemaVersion.Check(Older);

        check.Should().Throw<SchemaVersionException>()
            .WithMessage($"*{Older}*older than*{SchemaVersion.Required}*extenddb migrate*ExtendDbMigrator.MigrateAsync*.MigrateOnStart()*")
            .Which.LastMigration.Should().Be(Older);
    }

    [Fact]
    public void Newer_database_is_refused_with_what_to_do()
    {
        const string Newer = "99990101000000_After";

        var check = () => SchemaVersion.Check(Newer);

        check.Should().Throw<SchemaVersionException>()
            .WithMessage($"*{Newer}*newer than*{SchemaVersion.Required}*Update this application*")
            .Which.LastMigration.Should().Be(Newer);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("20000101000000_Before")]
    [InlineData("99990101000000_After")]
    public void Refusal_names_no_folder_of_the_source_and_no_tool_of_its_developers(string? last)
    {
        var check = () => SchemaVersion.Check(last);

        check.Should().Throw<SchemaVersionException>().Which.Message.Should().NotContainAny("--project", "dotnet ef");
    }
}
