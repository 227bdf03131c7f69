using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Runtime;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.DependencyInjection;

public class SharedDatabaseTests
{
    private readonly string _connectionString = $"Host=nowhere;Database={Guid.NewGuid():N}";

    [Fact]
    public void Contexts_with_equal_options_share_what_the_process_knows_of_their_database()
    {
        var one = Of(Options(tableLimit: 2));
        var other = Of(Options(tableLimit: 2));

        one.Should().BeSameAs(other);
    }

    [Fact]
    public void Contexts_whose_tables_have_other_limits_share_nothing()
    {
        var one = Of(Options(tableLimit: 2));
        var other = Of(Options(tableLimit: 3));

        one.Should().NotBeSameAs(other);
    }

    [Fact]
    public void Options_that_are_changed_later_change_nothing_for_contexts_that_have_them()
    {
        var options = Options(tableLimit: 2);
        using var context = Context(options);
        options.Backpressure.Tables["Orders"].Limit = TimeSpan.FromSeconds(3);
        options.Backpressure.Tables["Others"] = new();

        var known = ExtendDbRuntime.Of(context);

        known.Should().BeSameAs(Of(Options(tableLimit: 2)));
        known.Options.Backpressure.Tables.Should().ContainSingle();
    }

    private static ExtendDbOptions Options(int tableLimit)
    {
        var options = new ExtendDbOptions { Backpressure = { Mode = GsiBackpressure.Reject, Limit = TimeSpan.FromSeconds(1) } };
        options.Backpressure.Tables["Orders"] = new() { Mode = GsiBackpressure.Delay, Limit = TimeSpan.FromSeconds(tableLimit) };
        return options;
    }

    private ExtendDbRuntime Of(ExtendDbOptions options)
    {
        using var context = Context(options);
        return ExtendDbRuntime.Of(context);
    }

    private ExtendDbContext Context(ExtendDbOptions options)
    {
        var builder = new DbContextOptionsBuilder<ExtendDbContext>();
        builder.UseNpgsql(_connectionString).UseExtendDb(options);
        return new(builder.Options);
    }
}
