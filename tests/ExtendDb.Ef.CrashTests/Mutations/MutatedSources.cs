using System.Diagnostics;
using Xunit;

namespace ExtendDb.Ef.CrashTests.Mutations;

/// <summary>A copy of the sources that can be broken and mended again.</summary>
public sealed class MutatedSources : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("extenddb-mutations-");

    /// <summary>Builds the copy as it is, and runs all the tests that will have to fail.</summary>
    public async Task InitializeAsync()
    {
        if (!MutationTheoryAttribute.IsAskedFor)
        {
            return;
        }

        Sources.CopyTo(_folder.FullName);
        foreach (var project in Mutation.Projects)
        {
            await BuildAsync(project);
            var filter = string.Join(
                '|', Mutation.All.Where(mutation => mutation.Project == project).Select(mutation => $"({mutation.Filter})"));
            var run = await TestAsync(project, filter);
            if (run.ExitCode != 0)
            {
                throw new InvalidOperationException($"The tests fail without any mutation: {run.Output}");
            }
        }
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Breaks the copy, runs a test, and mends it.</summary>
    internal async Task<(int ExitCode, string Output)> TestAsync(Mutation mutation)
    {
        var mutated = Patch.Read(mutation.Patch).ApplyTo(_folder.FullName);
        var original = mutated.Keys.ToDictionary(file => file, file => File.ReadAllText(Path.Combine(_folder.FullName, file)));
        await WriteAsync(mutated);
        try
        {
            await BuildAsync(mutation.Project);
            return await TestAsync(mutation.Project, mutation.Filter);
        }
        finally
        {
            await WriteAsync(original);
        }
    }

    private async Task WriteAsync(IEnumerable<KeyValuePair<string, string>> files)
    {
        foreach (var (file, text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, file), text);
        }
    }

    // How a mutation looks is no concern of the analyzers.
    private async Task BuildAsync(string project)
    {
        var build = await DotnetAsync(
            "build", $"tests/{project}", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-nodeReuse:false");
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException($"The copy does not build: {build.Output}");
        }
    }

    private Task<(int ExitCode, string Output)> TestAsync(string project, string filter) =>
        DotnetAsync("test", $"tests/{project}", "--no-build", "--filter", filter);

    private async Task<(int ExitCode, string Output)> DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A run of tests leaves word for its own build there; and the copy must not build copies. It is as busy a machine.
        foreach (var name in start.Environment.Keys.Where(name =>
            name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
            || (name.StartsWith("EXTENDDB_", StringComparison.Ordinal) && name != TestDeadline.Variable)).ToList())
        {
            start.Environment.Remove(name);
        }

        // A test that draws at random may meet a moment at which the mutation does no harm; it ends at the first that does.
        start.Environment[CrashRounds.Variable] = "10";

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
