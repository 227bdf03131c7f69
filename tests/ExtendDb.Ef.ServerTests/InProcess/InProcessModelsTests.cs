using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.DataModel;
using Amazon.DynamoDBv2.DocumentModel;
using Amazon.DynamoDBv2.Model;
using ExtendDb.Ef.ServerTests.Sdk;
using ExtendDb.Ef.ServerTests.Sdk.Objects;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.InProcess;

/// <summary>The SDK's object persistence and document models on a client in process.</summary>
public sealed class InProcessModelsTests(InProcessHost host) : IClassFixture<InProcessHost>
{
    [Fact]
    public async Task An_object_is_saved_loaded_and_found_by_a_query()
    {
        var table = await CreateAsync();
        using var context = NewContext();
        var song = New();

        await context.SaveAsync(song, new SaveConfig { OverrideTableName = table });

        var loaded = await context.LoadAsync<Song>(song.Artist, song.Title, new LoadConfig { OverrideTableName = table });
        loaded.Should().BeEquivalentTo(song);
        var found = await context.QueryAsync<Song>(song.Artist, new QueryConfig { OverrideTableName = table }).GetRemainingAsync();
        found.Should().ContainSingle().Which.Should().BeEquivalentTo(song);
    }

    [Fact]
    public async Task An_object_with_a_stale_version_is_refused()
    {
        var table = await CreateAsync();
        using var context = NewContext();
        var save = new SaveConfig { OverrideTableName = table };
        var stale = New();
        await context.SaveAsync(stale, save);
        var current = await context.LoadAsync<Song>(stale.Artist, stale.Title, new LoadConfig { OverrideTableName = table });
        await context.SaveAsync(current, save);

        var saving = () => context.SaveAsync(stale, save);

        await saving.Should().ThrowExactlyAsync<ConditionalCheckFailedException>();
        current.Version.Should().Be(1);
    }

    [Fact]
    public async Task A_document_is_put_updated_and_got_in_a_loaded_table()
    {
        var name = await CreateAsync();
#pragma warning disable CS0618 // It is what programs call that know nothing of the keys; TableBuilder is told them.
        var table = Table.LoadTable(host.Client, new TableConfig(name));
#pragma warning restore CS0618
        await table.PutItemAsync(new Document { ["Artist"] = "Arvo Pärt", ["Title"] = "Fratres", ["Year"] = 1977 });

        await table.UpdateItemAsync(new Document { ["Year"] = 1980 }, "Arvo Pärt", "Fratres");

        var read = await table.GetItemAsync("Arvo Pärt", "Fratres");
        read["Year"].AsInt().Should().Be(1980);
        table.GlobalSecondaryIndexNames.Should().Equal("by-year");
    }

    private static Song New() => new()
    {
        Artist = "Arvo Pärt",
        Title = "Fratres",
        Year = 1977,
        Recorded = new(1977, 10, 13, 12, 30, 0, DateTimeKind.Utc),
        Players = ["Gidon Kremer", "Keith Jarrett"],
        Tags = ["violin", "piano"],
        Cover = [0, 1, 255],
    };

    private DynamoDBContext NewContext() => new DynamoDBContextBuilder()
        .WithDynamoDBClient(() => host.Client)
        .ConfigureContext(config => config.RetrieveDateTimeInUtc = true)
        .Build();

    private Task<string> CreateAsync() =>
        TableSpec.Of("Artist:S Title:S").WithGlobal("by-year", "Year:N").CreateAsync(host.Client);
}
