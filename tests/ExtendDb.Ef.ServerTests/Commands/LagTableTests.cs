using ExtendDb.Ef.Server.Lag;
using FluentAssertions;
using Spectre.Console;
using Spectre.Console.Rendering;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Commands;

public class LagTableTests
{
    private static readonly DateTimeOffset At = new(2026, 5, 4, 3, 2, 1, TimeZoneInfo.Local.GetUtcOffset(new DateTime(2026, 5, 4)));

    [Theory]
    [InlineData(120, 40)]
    [InlineData(80, 24)]
    [InlineData(40, 12)]
    [InlineData(40, 8)]
    public void Table_of_many_indexes_fits_the_terminal_and_shows_those_that_lag_most(int width, int height)
    {
        var indexes = Enumerable.Range(1, 60).Select(n => Index($"by-{n}", lagSeconds: n)).ToList();

        var lines = Lines(Sample([.. indexes]), width, height);

        lines.Should().HaveCountLessThan(height).And.OnlyContain(line => line.Length <= width);
        string.Join('\n', lines).Should().Contain("by-60").And.NotContain("by-1 ").And.Contain("not");
    }

    [Fact]
    public void Clock_and_rates_stand_below()
    {
        var text = string.Join('\n', Lines(Sample([Index("by-year")]), 120, 40));

        text.Should().Contain("03:02:01; enqueued 12/s, applied 1,234/s");
    }

    [Theory]
    [InlineData(9.9, false)]
    [InlineData(10.0, true)]
    [InlineData(null, true)]
    public void Holder_of_VACUUM_is_named_only_once_it_has_lasted(double? seconds, bool named)
    {
        var sample = Sample([Index("by-year")]) with { VacuumHeldBackBy = "pid 7", VacuumHeldBackSeconds = seconds };

        string.Join('\n', Lines(sample, 120, 40)).Contains("pid 7", StringComparison.Ordinal).Should().Be(named);
    }

    [Theory]
    [InlineData(9.9, null)]
    [InlineData(10.0, ConsoleColor.Yellow)]
    [InlineData(60.0, ConsoleColor.Red)]
    public void Lag_has_the_colour_of_its_threshold(double seconds, ConsoleColor? colour)
    {
        var segments = Segments(Sample([Index("by-year", lagSeconds: seconds)]), 120, 40);

        var cell = segments.Single(segment => segment.Text.Trim() == $"{seconds:0.000}");
        cell.Style.Foreground.Should().Be(colour is { } expected ? Color.FromConsoleColor(expected) : Color.Default);
    }

    private static LagSample Sample(IReadOnlyList<IndexLag> indexes) => new(At, indexes, 12, 1_234, null, null);

    private static IndexLag Index(string name, double lagSeconds = 0) => new("Music", name, lagSeconds, 3, 0, null);

    private static string[] Lines(LagSample sample, int width, int height) =>
        string.Concat(Segments(sample, width, height).Select(segment => segment.IsLineBreak ? "\n" : segment.Text))
            .TrimEnd('\n').Split('\n');

    private static List<Segment> Segments(LagSample sample, int width, int height)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = width;
        IRenderable table = LagTable.Of(sample, width, height);
        return [.. table.Render(RenderOptions.Create(console), width)];
    }
}
