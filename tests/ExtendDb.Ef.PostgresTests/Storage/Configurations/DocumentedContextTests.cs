using System.Runtime.CompilerServices;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Storage.Configurations;

/// <summary>The program of docs/entities.md.</summary>
public class DocumentedContextTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Program_of_the_documentation_does_what_it_says()
    {
        var connectionString = await database.CreateDatabaseAsync(migrated: false);

        // Sample begins
        var builder = Host.CreateApplicationBuilder();
        builder.Services
            .AddExtendDb<MusicContext>((_, options) => options.UseNpgsql(connectionString).UseLazyLoadingProxies())
            .MigrateOnStart();
        using var host = builder.Build();
        await host.StartAsync();

        var contexts = host.Services.GetRequiredService<IDbContextFactory<MusicContext>>();
        await using (var context = await contexts.CreateDbContextAsync())
        {
            await context.Database.MigrateAsync();
            await context.ExtendDb().CreateTableAsync(new(
                "Music",
                [new("Artist", KeyType.HASH), new("Song", KeyType.RANGE)],
                [new("Artist", AttributeType.S), new("Song", AttributeType.S)]));

            var table = await context.ExtendDb().GetTableDefinitionAsync("Music");
            var song = Item.Create(table, new AttributeMap { ["Artist"] = "Arvo Pärt", ["Song"] = "Fratres" });
            context.AddRange(song, new Review { Text = "Still.", Song = song });
            await context.SaveChangesAsync();
        }

        await using (var context = await contexts.CreateDbContextAsync())
        {
            var review = await context.Reviews.SingleAsync();
            Console.WriteLine($"{review.Song!.Document["Song"]}: {review.Text}");
        }
        // Sample ends

        await using var read = await contexts.CreateDbContextAsync();
        (await read.Reviews.SingleAsync()).Song!.Document["Artist"].Should().Be((AttributeValue)"Arvo Pärt");
        await host.StopAsync();
    }

    [Fact]
    public void Context_of_the_documentation_has_a_model_that_compiles()
    {
        using var context = new MusicContext(
            new DbContextOptionsBuilder<MusicContext>().UseNpgsql("Host=nowhere").UseExtendDb().Options);

        var model = CompiledModel.Of(context);

        model.FindEntityType(typeof(Review))!.FindProperty(nameof(Review.Text))!.GetMaxLength().Should().Be(200);
    }

    [Fact]
    public void Convention_of_the_documentation_leaves_the_columns_of_items_as_they_are()
    {
        using var context = new MusicContext(
            new DbContextOptionsBuilder<MusicContext>().UseNpgsql("Host=nowhere").UseExtendDb().Options);

        var lengths = context.GetService<IDesignTimeModel>().Model.GetEntityTypes()
            .Where(entity => entity.ClrType != typeof(Review))
            .SelectMany(entity => entity.GetProperties()).Select(property => property.GetMaxLength());

        lengths.Should().OnlyContain(length => length != 200);
    }

    [Fact]
    public void Program_of_the_documentation_is_the_one_that_is_tested()
    {
        var shown = File.ReadAllText(Path.Combine(Folder(), "../../../../docs/entities.md"));

        shown.Should().Contain(Sample("DocumentedContextTests.cs")).And.Contain(Sample("MusicContext.cs"));
    }

    private static string Sample(string file)
    {
        const string Begin = "// Sample begins\n";
        const string End = "// Sample ends";
        var lines = File.ReadAllText(Path.Combine(Folder(), file));
        var from = lines.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var sample = lines[from..lines.IndexOf(End, from, StringComparison.Ordinal)].TrimEnd(' ');
        var indent = new string(' ', sample.Length - sample.TrimStart(' ').Length);
        return string.Join('\n', sample.Split('\n').Select(line =>
            line.StartsWith(indent, StringComparison.Ordinal) ? line[indent.Length..] : line));
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
