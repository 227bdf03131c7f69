using ExtendDb.Ef.Runtime;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Runtime;

/// <summary>Which contexts share what a process keeps of a database. No server is asked.</summary>
public class SharedRuntimeTests
{
    private readonly string _connectionString = $"Host=nowhere;Username=me;Password=secret;Database={Guid.NewGuid():N}";

    [Fact]
    public void Plain_contexts_of_one_connection_string_share_a_runtime()
    {
        var (one, other) = (Of(Plain()), Of(Plain()));

        one.Should().BeSameAs(other);
    }

    [Fact]
    public void Plain_contexts_of_two_databases_share_nothing()
    {
        var (one, other) = (Of(Plain()), Of(Plain(connectionString: _connectionString + "x")));

        one.Should().NotBeSameAs(other);
    }

    [Theory]
    [InlineData("Password=another")]
    [InlineData("Max Auto Prepare=7")]
    [InlineData("No Reset On Close=true")]
    [InlineData("Enlist=false")]
    public void Setting_that_makes_no_other_database_makes_no_other_runtime(string setting)
    {
        var (one, other) = (Of(Plain()), Of(Plain(connectionString: $"{_connectionString};{setting}")));

        one.Should().BeSameAs(other);
    }

    [Fact]
    public void Plain_context_shares_the_runtime_of_a_registration_with_its_connection_string()
    {
        using var services = new ServiceCollection()
            .AddExtendDb(_connectionString, options => options.DefaultPropagationDelay = TimeSpan.FromSeconds(3)).Services
            .BuildServiceProvider();
        var registered = services.GetRequiredService<ExtendDbRuntime>();

        var plain = Of(Plain());

        plain.Should().BeSameAs(registered);
        plain.Options.DefaultPropagationDelay.Should().Be(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Plain_context_that_was_used_before_the_registration_shares_it_from_then_on()
    {
        using var context = Plain();
        var before = ExtendDbRuntime.Of(context);
        using var services = new ServiceCollection().AddExtendDb(_connectionString).Services.BuildServiceProvider();

        var registered = services.GetRequiredService<ExtendDbRuntime>();

        before.Should().NotBeSameAs(registered);
        ExtendDbRuntime.Of(context).Should().BeSameAs(registered);
    }

    [Fact]
    public void Runtime_of_a_registration_ends_with_its_services()
    {
        var services = new ServiceCollection().AddExtendDb(_connectionString).Services.BuildServiceProvider();
        var registered = services.GetRequiredService<ExtendDbRuntime>();

        services.Dispose();

        Of(Plain()).Should().NotBeSameAs(registered);
    }

    [Fact]
    public void Plain_context_shares_the_runtime_of_a_registration_with_its_data_source()
    {
        using var source = NpgsqlDataSource.Create(_connectionString);
        using var services = new ServiceCollection().AddExtendDb(source).Services.BuildServiceProvider();
        var registered = services.GetRequiredService<ExtendDbRuntime>();

        using var plain = Plain(source);

        ExtendDbRuntime.Of(plain).Should().BeSameAs(registered);
    }

    [Fact]
    public void Context_on_the_connection_of_another_context_shares_its_runtime()
    {
        using var source = NpgsqlDataSource.Create(_connectionString);
        using var services = new ServiceCollection().AddExtendDb(source).Services.BuildServiceProvider();
        var registered = services.GetRequiredService<ExtendDbRuntime>();
        using var connection = source.CreateConnection();
        var builder = new DbContextOptionsBuilder<ExtendDbContext>();
        builder.UseNpgsql(connection).UseExtendDb();

        using var context = new ExtendDbContext(builder.Options);

        ExtendDbRuntime.Of(context).Should().BeSameAs(registered);
    }

    [Fact]
    public void Context_that_changes_its_connection_string_uses_the_runtime_of_the_other_database()
    {
        using var services = new ServiceCollection().AddExtendDb(_connectionString).Services.BuildServiceProvider();
        using var context = services.GetRequiredService<IDbContextFactory<ExtendDbContext>>().CreateDbContext();

        context.Database.SetConnectionString(_connectionString + "x");

        ExtendDbRuntime.Of(context).Should().NotBeSameAs(services.GetRequiredService<ExtendDbRuntime>());
        ExtendDbRuntime.Of(context).Name.Should().EndWith("x");
    }

    [Fact]
    public void Plain_context_with_other_options_than_its_database_has_is_refused()
    {
        using var services = new ServiceCollection().AddExtendDb(_connectionString).Services.BuildServiceProvider();
        services.GetRequiredService<ExtendDbRuntime>();

        var use = () => Of(Plain(options: new() { LockTimeout = TimeSpan.FromSeconds(1) }));

        use.Should().Throw<InvalidOperationException>().WithMessage("*LockTimeout is 00:00:05 there, and 00:00:01 here*");
    }

    [Fact]
    public void Second_registration_on_a_data_source_with_other_options_is_refused()
    {
        using var source = NpgsqlDataSource.Create(_connectionString);
        using var first = new ServiceCollection().AddExtendDb(source).Services.BuildServiceProvider();
        first.GetRequiredService<ExtendDbRuntime>();
        using var second = new ServiceCollection()
            .AddExtendDb(source, configure: options => options.Propagation.Loops = 3).Services.BuildServiceProvider();

        var use = () => second.GetRequiredService<ExtendDbRuntime>();

        use.Should().Throw<InvalidOperationException>().WithMessage("*Propagation.Loops is 2 there, and 3 here*");
    }

    [Fact]
    public void Two_registrations_on_one_connection_string_with_other_options_are_refused()
    {
        using var services = new ServiceCollection()
            .AddExtendDb<FirstContext>((_, o) => o.UseNpgsql(_connectionString)).Services
            .AddExtendDb<SecondContext>(
                (_, o) => o.UseNpgsql(_connectionString), o => o.DefaultPropagationDelay = TimeSpan.FromSeconds(20)).Services
            .BuildServiceProvider();
        services.GetRequiredKeyedService<ExtendDbRuntime>(typeof(FirstContext));

        var use = () => services.GetRequiredKeyedService<ExtendDbRuntime>(typeof(SecondContext));

        use.Should().Throw<InvalidOperationException>().WithMessage("*DefaultPropagationDelay is 00:00:00.0100000 there*");
    }

    [Fact]
    public void Two_registrations_on_one_connection_string_with_the_same_options_share_a_runtime()
    {
        using var services = new ServiceCollection()
            .AddExtendDb<FirstContext>((_, o) => o.UseNpgsql(_connectionString)).Services
            .AddExtendDb<SecondContext>((_, o) => o.UseNpgsql(_connectionString)).Services
            .BuildServiceProvider();

        var first = services.GetRequiredKeyedService<ExtendDbRuntime>(typeof(FirstContext));

        services.GetRequiredKeyedService<ExtendDbRuntime>(typeof(SecondContext)).Should().BeSameAs(first);
    }

    [Fact]
    public void Two_registrations_on_two_databases_have_options_and_operations_of_their_own()
    {
        using var services = new ServiceCollection()
            .Configure<ExtendDbOptions>(o => o.LockTimeout = TimeSpan.FromSeconds(1))
            .AddExtendDb<FirstContext>((_, o) => o.UseNpgsql(_connectionString), o => o.DefaultPropagationDelay = TimeSpan.Zero).Services
            .AddExtendDb<SecondContext>(
                (_, o) => o.UseNpgsql(_connectionString + "x"), o => o.DefaultPropagationDelay = TimeSpan.FromSeconds(20)).Services
            .BuildServiceProvider();

        var first = services.GetRequiredKeyedService<ExtendDbRuntime>(typeof(FirstContext)).Options;
        var second = services.GetRequiredKeyedService<ExtendDbRuntime>(typeof(SecondContext)).Options;

        (first.DefaultPropagationDelay, second.DefaultPropagationDelay)
            .Should().Be((TimeSpan.Zero, TimeSpan.FromSeconds(20)));
        (first.LockTimeout, second.LockTimeout).Should().Be((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
        services.GetRequiredService<IExtendDb>()
            .Should().BeSameAs(services.GetRequiredKeyedService<IExtendDb>(typeof(FirstContext)))
            .And.NotBeSameAs(services.GetRequiredKeyedService<IExtendDb>(typeof(SecondContext)));
    }

    [Fact]
    public void Options_that_are_changed_later_change_nothing_for_contexts_that_have_them()
    {
        var options = new ExtendDbOptions { Backpressure = { Mode = GsiBackpressure.Reject } };
        options.Backpressure.Tables["Orders"] = new() { Limit = TimeSpan.FromSeconds(2) };
        using var context = Plain(options: options);
        options.Backpressure.Tables["Orders"].Limit = TimeSpan.FromSeconds(3);
        options.Backpressure.Tables["Others"] = new();

        var known = ExtendDbRuntime.Of(context).Options.Backpressure;

        known.Tables.Should().ContainSingle().Which.Value.Limit.Should().Be(TimeSpan.FromSeconds(2));
    }

    private static ExtendDbRuntime Of(ExtendDbContext context)
    {
        using (context)
        {
            return ExtendDbRuntime.Of(context);
        }
    }

    private ExtendDbContext Plain(
        NpgsqlDataSource? source = null, string? connectionString = null, ExtendDbOptions? options = null)
    {
        var builder = new DbContextOptionsBuilder<ExtendDbContext>();
        _ = source is null
            ? builder.UseNpgsql(connectionString ?? _connectionString)
            : builder.UseNpgsql(source);
        builder.UseExtendDb(options);
        return new(builder.Options);
    }

    private sealed class FirstContext(DbContextOptions<FirstContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseExtendDb();
    }

    private sealed class SecondContext(DbContextOptions<SecondContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseExtendDb();
    }
}
