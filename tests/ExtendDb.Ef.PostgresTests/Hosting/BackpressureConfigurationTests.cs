using FluentAssertions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Hosting;

public class BackpressureConfigurationTests
{
    [Fact]
    public void Limits_are_read_from_the_configuration_for_all_tables_and_for_one()
    {
        var backpressure = Read(new()
        {
            ["ExtendDb:Backpressure:Mode"] = "Reject",
            ["ExtendDb:Backpressure:Limit"] = "00:00:05",
            ["ExtendDb:Backpressure:Tables:Orders:Limit"] = "00:00:00.5",
            ["ExtendDb:Backpressure:Tables:Carts:Mode"] = "off",
        }).Value.Backpressure;

        backpressure.Of("Anything").Should().Be((GsiBackpressure.Reject, TimeSpan.FromSeconds(5)));
        backpressure.Of("Orders").Should().Be((GsiBackpressure.Reject, TimeSpan.FromSeconds(0.5)));
        backpressure.Of("Carts").Should().Be((GsiBackpressure.Off, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Limit_that_is_out_of_range_is_refused_by_the_name_of_its_table()
    {
        var options = Read(new() { ["ExtendDb:Backpressure:Tables:Orders:Limit"] = "2.00:00:00" });

        var read = () => options.Value;

        read.Should().Throw<OptionsValidationException>().WithMessage("*Backpressure.Tables[Orders].Limit must be between *");
    }

    private static IOptions<ExtendDbOptions> Read(Dictionary<string, string?> values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection();
        services.Configure<ExtendDbOptions>(configuration.GetSection("ExtendDb"));
        services.AddExtendDb("Host=nowhere");
        return services.BuildServiceProvider().GetRequiredService<IOptions<ExtendDbOptions>>();
    }
}
