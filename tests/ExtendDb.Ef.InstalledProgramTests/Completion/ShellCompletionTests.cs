using System.Runtime.CompilerServices;
using ExtendDb.Ef.InstalledProgramTests.OtherLanguages;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.InstalledProgramTests.Completion;

/// <summary>The scripts of <c>extenddb completion</c>, run by their shells.</summary>
public sealed class ShellCompletionTests
{
    [Theory]
    [InlineData("extenddb s", "serve status streams")]
    [InlineData("extenddb serve --in", "--in-memory --insecure")]
    [InlineData("extenddb streams re", "remove reset retry")]
    [InlineData("extenddb streams reset mail --to ", "beginning now")]
    [InlineData("extenddb completion ", "bash fish pwsh zsh", "--connection --help")]
    [InlineData("extenddb no-such-command --no-such-option", "")]
    public async Task Bash_completes_commands_options_and_values(string line, string words, string? furtherWords = null)
    {
        var ended = await ChildProcess.RunAsync(Programs.Bash.Location, Script("complete.bash"), AppContext.BaseDirectory, line);

        Words(ended).Should().BeEquivalentTo(Expected(words, furtherWords));
    }

    [Theory]
    [InlineData("extenddb s", "serve status streams")]
    [InlineData("extenddb serve --in", "--in-memory --insecure")]
    [InlineData("extenddb streams re", "remove reset retry")]
    [InlineData("extenddb streams reset mail --to ", "beginning now")]
    [InlineData("extenddb completion ", "bash fish pwsh zsh", "--connection --help")]
    public async Task Fish_completes_commands_options_and_values(string line, string words, string? furtherWords = null)
    {
        var ended = await ChildProcess.RunAsync(
            Programs.Fish.Location, "--no-config", Script("complete.fish"), AppContext.BaseDirectory, line);

        Words(ended).Should().BeEquivalentTo(Expected(words, furtherWords));
    }

    [Theory]
    [InlineData("extenddb s", "serve status streams")]
    [InlineData("extenddb serve --in", "--in-memory --insecure")]
    [InlineData("extenddb streams re", "remove reset retry")]
    [InlineData("extenddb streams reset mail --to ", "beginning now")]
    public async Task Zsh_lists_commands_options_and_values_at_a_tab(string line, string words)
    {
        var ended = await ChildProcess.RunAsync(
            Programs.Zsh.Location, "-f", Script("complete.zsh"), Path.GetDirectoryName(Script("complete.zsh"))!,
            AppContext.BaseDirectory, line, $"*{words.Replace(' ', '*')}*");

        // Between them are only what places them on the terminal and what clears it: no other word is listed.
        ended.ExitCode.Should().Be(0, ended.Error);
        ended.Output.Should().MatchRegex($"\\x1b\\[J{words.Replace(" ", "\\s+", StringComparison.Ordinal)}\\s");
    }

    [Fact]
    public async Task Script_for_PowerShell_asks_the_program_for_what_stands_before_the_cursor()
    {
        var script = await ChildProcess.RunAsync(Path.Combine(AppContext.BaseDirectory, "extenddb"), "completion", "pwsh");

        script.ExitCode.Should().Be(0, script.Error);
        script.Output.Should().Contain("Register-ArgumentCompleter -Native -CommandName extenddb")
            .And.Contain("extenddb \"[suggest:$($line.Length)]\" \"$line\"");
    }

    [Fact]
    public async Task Shell_that_is_not_known_is_wrong_use()
    {
        var ended = await ChildProcess.RunAsync(Path.Combine(AppContext.BaseDirectory, "extenddb"), "completion", "csh");

        ended.ExitCode.Should().Be(2);
        ended.Error.Should().Contain("'bash'").And.Contain("'pwsh'");
    }

    private static string[] Expected(string words, string? further) =>
        $"{words} {further}".Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Words(ChildProcess.Ended ended)
    {
        ended.ExitCode.Should().Be(0, ended.Error);
        return ended.Output.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Script(string name, [CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, name);
}
