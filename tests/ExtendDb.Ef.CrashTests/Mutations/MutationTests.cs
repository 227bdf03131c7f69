using System.Text.RegularExpressions;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests.Mutations;

/// <summary>Breaks the product, and sees that a test notices it.</summary>
public partial class MutationTests(MutatedSources sources, ITestOutputHelper output) : IClassFixture<MutatedSources>
{
    public static TheoryData<string> Patches => [.. Mutation.All.Select(mutation => mutation.Patch)];

    [Theory]
    [MemberData(nameof(Patches))]
    public void Mutation_still_applies_to_the_sources_as_they_are(string patch)
    {
        var mutated = Patch.Read(patch).ApplyTo(Sources.Root);

        mutated.Should().NotBeEmpty();
        mutated.Should().OnlyContain(file => file.Value != File.ReadAllText(Path.Combine(Sources.Root, file.Key)));
    }

    [Fact]
    public void Every_patch_has_a_test_that_must_notice_it()
    {
        var patches = Directory.GetFiles(Sources.MutationsFolder, "*.patch").Select(Path.GetFileNameWithoutExtension);

        patches.Should().BeEquivalentTo(Mutation.All.Select(mutation => mutation.Patch));
    }

    [MutationTheory]
    [MemberData(nameof(Patches))]
    public async Task Mutation_is_noticed(string patch)
    {
        var mutation = Mutation.All.Single(each => each.Patch == patch);

        var run = await sources.TestAsync(mutation);

        output.WriteLine(run.Output);
        run.ExitCode.Should().NotBe(0, "{0} must notice it", mutation.Filter);
        FailedTests().IsMatch(run.Output).Should().BeTrue("a test failed, rather than the run: {0}", run.Output);
    }

    [GeneratedRegex(@"Failed!\s+-\s+Failed:\s+[1-9]")]
    private static partial Regex FailedTests();
}
