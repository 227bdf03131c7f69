using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests;

public class ShippedDependencyTests
{
    [Theory]
    [InlineData("xunit")]
    [InlineData("Testcontainers")]
    [InlineData("ExtendDb.Ef.Testing")]
    public void Command_line_ships_nothing_that_is_only_for_tests(string name)
    {
        var shipped = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "extenddb.deps.json"));

        shipped.Should().Contain("ExtendDb.Ef.LocalPostgres").And.NotContain(name);
    }
}
