using System.Runtime.CompilerServices;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace ExtendDb.Ef.PostgresTests;

public class ReadmeTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task First_example_of_the_README_does_what_it_says()
    {
        var connectionString = database.ConnectionString;

        // README begins
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddExtendDb(connectionString);
        using var host = builder.Build();
        await host.StartAsync();
        var extendDb = host.Services.GetRequiredService<IExtendDb>();

        await extendDb.CreateTableAsync(new(
            "Music",
            [new("Artist", KeyType.HASH), new("Song", KeyType.RANGE)],
            [new("Artist", AttributeType.S), new("Song", AttributeType.S), new("Released", AttributeType.N)])
        {
            GlobalSecondaryIndexes = [new("by-year", [new("Released", KeyType.HASH), new("Song", KeyType.RANGE)], Projection.All)],
        });
        await extendDb.PutItemAsync(new("Music", new AttributeMap
        {
            ["Artist"] = "Arvo Pärt",
            ["Song"] = "Fratres",
            ["Released"] = 1977,
            ["Players"] = new AttributeValue.SS("Gidon Kremer", "Keith Jarrett"),
        }));

        var page = await extendDb.QueryAsync(new("Music")
        {
            IndexName = "by-year",
            KeyConditionExpression = "Released = :year AND begins_with(Song, :song)",
            ExpressionAttributeValues = new AttributeMap { [":year"] = 1977, [":song"] = "Fra" },
        });
        // README ends

        // The index may lag behind the item for a moment.
        var query = new QueryRequest("Music")
        {
            KeyConditionExpression = "Released = :year",
            ExpressionAttributeValues = new AttributeMap { [":year"] = 1977 },
            IndexName = "by-year",
        };
        await Waiting.UntilAsync(
            async () => (await extendDb.QueryAsync(query)).Items is [{ Count: 4 }], "the song is on the index");
        page.LastEvaluatedKey.Should().BeNull();
    }

    [Fact]
    public void First_example_of_the_README_is_the_one_that_is_tested()
    {
        var block = Between(ReadmeIn("."), "```csharp\n", "```");

        var afterUsings = block[(block.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];

        afterUsings.Should().Be(TestedExample());
    }

    [Fact]
    public void Example_in_the_README_of_the_package_is_the_one_that_is_tested()
    {
        var shown = ReadmeIn("src/ExtendDb.Ef");

        shown.Should().Contain(TestedExample());
    }

    private static string ReadmeIn(string folder) =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(PathOfThisFile())!, "..", "..", folder, "README.md"));

    private static string TestedExample() =>
        Unindented(Between(File.ReadAllText(PathOfThisFile()), "// README begins\n", "        // README ends"));

    private static string Between(string text, string begin, string end)
    {
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string Unindented(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line));

    private static string PathOfThisFile([CallerFilePath] string path = "") => path;
}
