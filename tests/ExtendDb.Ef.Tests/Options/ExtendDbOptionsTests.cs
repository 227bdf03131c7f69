using ExtendDb.Ef.Options;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Options;

public sealed class ExtendDbOptionsTests
{
    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static ExtendDbOptions Worker(Action<PropagationOptions> set)
    {
        var options = new ExtendDbOptions();
        set(options.Propagation);
        return options;
    }

    private static readonly Dictionary<string, ExtendDbOptions> Good = new()
    {
        ["defaults"] = new(),
        ["no delay"] = new() { DefaultPropagationDelay = TimeSpan.Zero },
        ["a delay of one day"] = new() { DefaultPropagationDelay = TimeSpan.FromDays(1) },
        ["a catalog poll of 10 ms"] = new() { CatalogPollInterval = Ms(10) },
        ["a catalog poll of one minute"] = new() { CatalogPollInterval = TimeSpan.FromMinutes(1) },
        ["another region and account"] = new() { Region = "eu-central-1", AccountId = "123456789012" },
        ["1 loop"] = Worker(o => o.Loops = 1),
        ["32 loops"] = Worker(o => o.Loops = 32),
        ["batches of 1"] = Worker(o => o.MaxBatchSize = 1),
        ["batches of 20000"] = Worker(o => o.MaxBatchSize = 20_000),
        ["polls of 1 ms"] = Worker(o => o.MinPollInterval = o.MaxPollInterval = Ms(1)),
        ["sweeps every 100 ms"] = new() { TimeToLive = { SweepInterval = Ms(100) } },
        ["sweeps once a day"] = new() { TimeToLive = { SweepInterval = TimeSpan.FromDays(1) } },
        ["polls of one minute"] = Worker(o => o.MinPollInterval = o.MaxPollInterval = TimeSpan.FromMinutes(1)),
    };

    private static readonly Dictionary<string, (ExtendDbOptions Options, string Name)> Bad = new()
    {
        ["a negative delay"] = (new() { DefaultPropagationDelay = Ms(-1) }, "DefaultPropagationDelay"),
        ["a delay over one day"] = (new() { DefaultPropagationDelay = TimeSpan.FromDays(1) + Ms(1) }, "DefaultPropagationDelay"),
        ["a catalog poll below 10 ms"] = (new() { CatalogPollInterval = Ms(9) }, "CatalogPollInterval"),
        ["a catalog poll over one minute"] = (new() { CatalogPollInterval = TimeSpan.FromSeconds(61) }, "CatalogPollInterval"),
        ["no region"] = (new() { Region = "" }, "Region"),
        ["null for a region"] = (new() { Region = null! }, "Region"),
        ["a region with a colon"] = (new() { Region = "a:b" }, "Region"),
        ["a region in capitals"] = (new() { Region = "EU-CENTRAL-1" }, "Region"),
        ["a region of 64"] = (new() { Region = new('a', 64) }, "Region"),
        ["no account"] = (new() { AccountId = "" }, "AccountId"),
        ["an account of 11 digits"] = (new() { AccountId = "12345678901" }, "AccountId"),
        ["an account with a letter"] = (new() { AccountId = "12345678901a" }, "AccountId"),
        ["an account that ends a line"] = (new() { AccountId = "123456789012\n" }, "AccountId"),
        ["no loop"] = (Worker(o => o.Loops = 0), "Propagation.Loops"),
        ["65 loops"] = (Worker(o => o.Loops = 65), "Propagation.Loops"),
        ["batches of none"] = (Worker(o => o.MaxBatchSize = 0), "Propagation.MaxBatchSize"),
        ["batches of 20001"] = (Worker(o => o.MaxBatchSize = 20_001), "Propagation.MaxBatchSize"),
        ["polls without a pause"] = (Worker(o => o.MinPollInterval = TimeSpan.Zero), "Propagation.MinPollInterval"),
        ["a least poll over the longest"] = (Worker(o => o.MinPollInterval = Ms(1001)), "Propagation.MinPollInterval"),
        ["sweeps below 100 ms"] = (new() { TimeToLive = { SweepInterval = Ms(99) } }, "TimeToLive.SweepInterval"),
        ["sweeps over one day"] = (new() { TimeToLive = { SweepInterval = TimeSpan.FromDays(1) + Ms(1) } }, "TimeToLive.SweepInterval"),
        ["polls over one minute"] = (Worker(o => o.MaxPollInterval = TimeSpan.FromSeconds(61)), "Propagation.MaxPollInterval"),
    };

    public static TheoryData<string> GoodNames => [.. Good.Keys];

    public static TheoryData<string> BadNames => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(GoodNames))]
    public void Options_within_their_ranges_have_no_problem(string what)
    {
        var options = Good[what];

        var result = new ExtendDbOptionsValidator().Validate(null, options);

        result.Failures.Should().BeNull();
        result.Succeeded.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(BadNames))]
    public void Option_outside_its_range_is_refused_by_name(string what)
    {
        var (options, name) = Bad[what];

        var result = new ExtendDbOptionsValidator().Validate(null, options);

        result.Failures.Should().ContainSingle().Which.Should().Contain(name);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var options = Worker(o => (o.Loops, o.MaxBatchSize) = (0, 0));
        options.DefaultPropagationDelay = Ms(-1);

        var result = new ExtendDbOptionsValidator().Validate(null, options);

        result.Failures.Should().HaveCount(3);
    }

    [Fact]
    public void Another_region_or_account_is_another_set_of_options()
    {
        var options = new ExtendDbOptions { Region = "eu-central-1", AccountId = "123456789012" };

        var copy = options.Copy();

        copy.Invoking(same => same.DemandSame(options, "music")).Should().NotThrow();
        copy.Invoking(other => other.DemandSame(new() { AccountId = "123456789012" }, "music"))
            .Should().Throw<InvalidOperationException>().WithMessage("*Region is eu-central-1 there, and local here*");
        copy.Invoking(other => other.DemandSame(new() { Region = "eu-central-1" }, "music"))
            .Should().Throw<InvalidOperationException>().WithMessage("*AccountId*");
    }

    [Fact]
    public void Defaults_are_what_the_documentation_says()
    {
        var options = new ExtendDbOptions();

        var worker = options.Propagation;

        (options.DefaultPropagationDelay, options.CatalogPollInterval)
            .Should().Be((Ms(10), TimeSpan.FromSeconds(1)));
        (options.Region, options.AccountId).Should().Be(("local", "000000000000"));
        (worker.Enabled, worker.Loops, worker.MaxBatchSize, worker.MinPollInterval, worker.MaxPollInterval)
            .Should().Be((true, 2, 4_000, Ms(50), TimeSpan.FromSeconds(1)));
        worker.MaxBatchBytes.Should().Be(8 * 1_048_576);
        (options.TimeToLive.Enabled, options.TimeToLive.SweepInterval).Should().Be((true, TimeSpan.FromMinutes(1)));
    }
}
