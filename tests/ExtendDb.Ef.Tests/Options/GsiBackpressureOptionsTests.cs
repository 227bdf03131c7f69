using ExtendDb.Ef.Options;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Options;

public sealed class GsiBackpressureOptionsTests
{
    public static TheoryData<string> Changes => [.. ByName.Keys];

    private static Dictionary<string, Action<GsiBackpressureOptions>> ByName => new(StringComparer.Ordinal)
    {
        ["mode"] = o => o.Mode = GsiBackpressure.Off,
        ["limit"] = o => o.Limit = TimeSpan.FromSeconds(11),
        ["one table more"] = o => o.Tables["Other"] = new(),
        ["no table"] = o => o.Tables.Clear(),
        ["another table"] = o =>
        {
            o.Tables.Clear();
            o.Tables["orders"] = new() { Mode = GsiBackpressure.Reject, Limit = TimeSpan.FromSeconds(1) };
        },
        ["mode of a table"] = o => o.Tables["Orders"].Mode = null,
        ["limit of a table"] = o => o.Tables["Orders"].Limit = null,
    };

    [Fact]
    public void Options_that_say_the_same_are_the_same()
    {
        var (one, other) = (new ExtendDbOptions { Backpressure = Some() }, new ExtendDbOptions { Backpressure = Some() });

        var demand = () => one.DemandSame(other, "music");

        demand.Should().NotThrow();
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Options_that_differ_in_anything_are_not_the_same(string what)
    {
        var (one, other) = (new ExtendDbOptions { Backpressure = Some() }, new ExtendDbOptions { Backpressure = Some() });

        ByName[what](other.Backpressure);

        one.Invoking(options => options.DemandSame(other, "music")).Should().Throw<InvalidOperationException>()
            .WithMessage("Database music is used with other options by this process already: Backpressure.*");
        other.Invoking(options => options.DemandSame(one, "music")).Should().Throw<InvalidOperationException>();
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Copy_stays_as_it_is_when_the_original_changes(string what)
    {
        var original = new ExtendDbOptions { Backpressure = Some() };
        var copy = original.Copy();

        ByName[what](original.Backpressure);

        copy.Invoking(options => options.DemandSame(new() { Backpressure = Some() }, "music")).Should().NotThrow();
        copy.Invoking(options => options.DemandSame(original, "music")).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Table_takes_what_it_does_not_say_from_all()
    {
        var options = new GsiBackpressureOptions { Mode = GsiBackpressure.Reject, Limit = TimeSpan.FromSeconds(5) };
        options.Tables["Mode"] = new() { Mode = GsiBackpressure.Off };
        options.Tables["Limit"] = new() { Limit = TimeSpan.FromSeconds(1) };

        options.Of("Mode").Should().Be((GsiBackpressure.Off, TimeSpan.FromSeconds(5)));
        options.Of("Limit").Should().Be((GsiBackpressure.Reject, TimeSpan.FromSeconds(1)));
        options.Of("limit").Should().Be((GsiBackpressure.Reject, TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(86_400_000)]
    public void Limits_at_the_ends_of_their_range_are_taken(int milliseconds)
    {
        var limit = TimeSpan.FromMilliseconds(milliseconds);
        var options = new GsiBackpressureOptions { Limit = limit };
        options.Tables["Orders"] = new() { Limit = limit };

        Problems(new() { Backpressure = options }).Should().BeEmpty();
    }

    [Fact]
    public void Problems_name_the_option_and_the_table()
    {
        var options = new GsiBackpressureOptions { Mode = (GsiBackpressure)9 };
        options.Tables["Short"] = new() { Mode = GsiBackpressure.Off, Limit = TimeSpan.FromMilliseconds(9.9) };
        options.Tables["Long"] = new() { Mode = (GsiBackpressure)(-1), Limit = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1) };

        Problems(new() { Backpressure = options }).Should().SatisfyRespectively(
            problem => problem.Should().Contain("Backpressure.Mode"),
            problem => problem.Should().Contain("Backpressure.Tables[Short].Limit"),
            problem => problem.Should().Contain("Backpressure.Tables[Long].Mode"),
            problem => problem.Should().Contain("Backpressure.Tables[Long].Limit"));
    }

    [Fact]
    public void Defaults_are_what_the_documentation_says()
    {
        var options = new ExtendDbOptions();

        (options.Backpressure.Mode, options.Backpressure.Limit, options.Backpressure.Tables.Count, options.MonitorInterval)
            .Should().Be((GsiBackpressure.Assist, TimeSpan.FromSeconds(10), 0, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Monitor_interval_outside_its_range_is_refused()
    {
        var (quick, slow) = (TimeSpan.FromMilliseconds(99), TimeSpan.FromHours(1) + TimeSpan.FromTicks(1));

        Problems(new() { MonitorInterval = quick }).Should().ContainSingle().Which.Should().Contain("MonitorInterval");
        Problems(new() { MonitorInterval = slow }).Should().ContainSingle().Which.Should().Contain("MonitorInterval");
    }

    private static GsiBackpressureOptions Some()
    {
        var options = new GsiBackpressureOptions { Mode = GsiBackpressure.Delay, Limit = TimeSpan.FromSeconds(10) };
        options.Tables["Orders"] = new() { Mode = GsiBackpressure.Reject, Limit = TimeSpan.FromSeconds(1) };
        return options;
    }

    private static IEnumerable<string> Problems(ExtendDbOptions options) =>
        new ExtendDbOptionsValidator().Validate(null, options).Failures ?? [];
}
