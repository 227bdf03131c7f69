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
        var connectionString = await database.CreateDatabaseAsync(migrated: false);

        // README begins
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddExtendDb(connectionString).MigrateOnStart();
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
    public async Task Example_of_objects_does_what_it_says()
    {
        await using var shop = await OperationsHost.StartAsync(database.ConnectionString);
        var extendDb = shop.Db;

        // objects begin
        var songs = extendDb.Table<Song>();
        await extendDb.CreateTableAsync(songs.ToCreateTableRequest());

        var song = await songs.PutAsync(new("Arvo Pärt", "Fratres", 1977, ["Gidon Kremer", "Keith Jarrett"]));
        song = await songs.PutAsync(song with { Released = 1980 }, $"Released < {1980}");
        song = await songs.UpdateAsync(("Arvo Pärt", "Fratres"), $"SET Released = {1977} ADD Players {new HashSet<string> { "Tabea Zimmermann" }}");

        await foreach (var found in songs.QueryAsync(new() { Key = $"Artist = {"Arvo Pärt"} AND begins_with(Title, {"Fra"})" }))
        {
            Console.WriteLine($"{found.Title}, {found.Released}");
        }
        // objects end

        song.Should().BeEquivalentTo(
            new Song("Arvo Pärt", "Fratres", 1977, ["Gidon Kremer", "Keith Jarrett", "Tabea Zimmermann"], 3));
    }

    [Fact]
    public void Example_of_objects_is_the_one_that_is_tested()
    {
        var shown = File.ReadAllText(Path.Combine(Path.GetDirectoryName(PathOfThisFile())!, "..", "..", "docs", "objects.md"));

        shown.Should().Contain(Unindented(Between(File.ReadAllText(PathOfThisFile()), "// objects begin\n", "        // objects end")))
            .And.Contain(Between(File.ReadAllText(PathOfThisFile()), "    // the class\n", "    // end of the class")[4..].Replace("\n    ", "\n", StringComparison.Ordinal));
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

    // the class
    [TableName("Songs")]
    public sealed record Song(
        [PartitionKey] string Artist,
        [SortKey] string Title,
        int Released,
        HashSet<string> Players,
        [ItemVersion] int Version = 0);
    // end of the class
}
