using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FluentAssertions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace ExtendDb.Ef.ServerTests;

/// <summary>The C# of README, docs and the packages' READMEs, compiled with the usings that each block shows.</summary>
public sealed partial class DocumentationTests
{
    // What the SDK of a new web project adds to every file.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    // What a reader has already when a block uses it without declaring it.
    private const string Reader = """
        public sealed class Order
        {
            public int Id { get; set; }

            public string Song { get; set; } = "";

            public string Customer { get; set; } = "";

            public int Number { get; set; }

            public int Version { get; set; }
        }

        public sealed record Track(string Artist, string Title, int Released, SongStatus Status);

        public enum SongStatus
        {
            Draft,
            Released,
        }

        // The generator of contracts does not run here.
        public static class ShopContracts
        {
            public static (System.Text.Json.Serialization.Metadata.JsonTypeInfo<Order> Order, int) Default => default;
        }

        public sealed class ShopContext(Microsoft.EntityFrameworkCore.DbContextOptions<ShopContext> options)
            : Microsoft.EntityFrameworkCore.DbContext(options)
        {
            public Microsoft.EntityFrameworkCore.DbSet<Order> Orders => Set<Order>();
        }

        public abstract class Reader
        {
            protected static readonly string[] args = [];
            protected static readonly string connectionString = "", secrets = "", artist = "", start = "", token = "";
            protected static readonly ShopContext context = null!;
            protected static readonly Order order = new();
            protected static readonly ExtendDb.Ef.Model.AttributeMap item = null!;
            protected static readonly ExtendDb.Ef.IExtendDb extendDb = null!;
            protected static readonly ExtendDb.Ef.TypedTable<Track> songs = null!, accounts = null!;
            protected static readonly Track song = null!;
        }
        """;

    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../.."));

    public static TheoryData<string, int> Blocks
    {
        get
        {
            var blocks = new TheoryData<string, int>();
            foreach (var file in Files())
            {
                for (var block = 0; block < BlocksOf(file).Count; block++)
                {
                    blocks.Add(file, block);
                }
            }

            return blocks;
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Block_compiles_with_the_usings_that_it_shows(string file, int block)
    {
        var tree = CSharpSyntaxTree.ParseText(InAProgram(BlocksOf(file)[block]));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));

        var compilation = CSharpCompilation.Create(
            "Block",
            [tree, CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(Reader)],
            references,
            new(OutputKind.DynamicallyLinkedLibrary));

        compilation.GetDiagnostics().Where(each => each.Severity == DiagnosticSeverity.Error)
            .Select(each => each.ToString()).Should().BeEmpty();
    }

    [Fact]
    public void Blocks_are_found() => Blocks.Should().HaveCountGreaterThan(5);

    // Statements stand in a method that sees what the reader has; declarations of types stand beside it.
    private static string InAProgram(string block)
    {
        var root = CSharpSyntaxTree.ParseText(block).GetCompilationUnitRoot();
        var statements = string.Concat(root.Members.OfType<GlobalStatementSyntax>().Select(each => each.ToFullString()));
        var types = string.Concat(root.Members.Where(each => each is not GlobalStatementSyntax).Select(each => each.ToFullString()));
        return $$"""
            {{root.Usings.ToFullString()}}
            public sealed class Program : Reader
            {
                public static async Task RunAsync()
                {
                    await Task.Yield();
                    {{statements}}
                }
            }
            {{types}}
            """;
    }

    private static IEnumerable<string> Files() =>
        new[] { "docs", "src", "Migrations" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories))
            .Prepend(Path.Combine(Root, "README.md"))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static List<string> BlocksOf(string file) =>
        [.. Block().Matches(File.ReadAllText(Path.Combine(Root, file))).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("^```csharp\r?\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
