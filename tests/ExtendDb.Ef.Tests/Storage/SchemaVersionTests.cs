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
            .WithMessage($"*not there yet*{SchemaVersion.Required}*dotnet ef database update --project Migrations*")
            .Which.LastMigration.Should().BeNull();
    }

    [Fact]
    public void Older_database_is_refused_with_the_command_to_run()
    {
        const string Older = "20000101000000_Before";

        var check = () => SchemaVersion.Check(Older);

        check.Should().Throw<SchemaVersionException>()
            .WithMessage($"*{Older}*older than*{SchemaVersion.Required}*dotnet ef database update --project Migrations*")
            .Which.LastMigration.Should().Be(Older);
    }

    [Fact]
    public void Newer_database_is_refused_with_the_command_to_run()
    {
        const string Newer = "99990101000000_After";

        var check = () => SchemaVersion.Check(Newer);

        check.Should().Throw<SchemaVersionException>()
            .WithMessage($"*{Newer}*newer than*dotnet ef database update {SchemaVersion.Required} --project Migrations*")
            .Which.LastMigration.Should().Be(Newer);
    }
}
