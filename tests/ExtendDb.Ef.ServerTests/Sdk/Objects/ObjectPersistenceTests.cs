using Amazon.DynamoDBv2.DataModel;
using Amazon.DynamoDBv2.DocumentModel;
using Amazon.DynamoDBv2.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Sdk.Objects;

/// <summary>The SDK's object persistence model: DynamoDBContext.</summary>
public sealed class ObjectPersistenceTests(WireServer server) : IClassFixture<WireServer>
{
    [Fact]
    public async Task A_saved_object_is_loaded_as_it_was()
    {
        var table = await CreateAsync();
        using var context = NewContext();
        var song = New("Fratres");

        await context.SaveAsync(song, new SaveConfig { OverrideTableName = table });
        var loaded = await context.LoadAsync<Song>(song.Artist, song.Title, new LoadConfig { OverrideTableName = table });

        loaded.Should().BeEquivalentTo(song);
        loaded.Version.Should().Be(0);
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_writes_nothing()
    {
        var table = await CreateAsync();
        using var context = NewContext();
        var save = new SaveConfig { OverrideTableName = table };
        await context.SaveAsync(New("Fratres"), save);
        var mine = await LoadAsync(context, table, "Fratres");
        var theirs = await LoadAsync(context, table, "Fratres");
        theirs!.Year = 1980;
        await context.SaveAsync(theirs, save);

        mine!.Year = 1990;
        var saving = () => context.SaveAsync(mine, save);

        await saving.Should().ThrowExactlyAsync<ConditionalCheckFailedException>();
        var stored = await LoadAsync(context, table, "Fratres");
        (stored!.Year, stored.Version).Should().Be((1980, 1));
    }

    [Fact]
    public async Task A_stale_version_is_not_deleted()
    {
        var table = await CreateAsync();
        using var context = NewContext();
        var save = new SaveConfig { OverrideTableName = table };
        var stale = New("Fratres");
        await context.SaveAsync(stale, save);
        var current = await LoadAsync(context, table, "Fratres");
        await context.SaveAsync(current, save);

        var deleting = () => context.DeleteAsync(stale, new DeleteConfig { OverrideTableName = table });

        await deleting.Should().ThrowExactlyAsync<ConditionalCheckFailedException>();
        (await LoadAsync(context, table, "Fratres")).Should().NotBeNull();
    }

    [Fact]
    public async Task A_query_finds_the_objects_of_one_key_in_order()
    {
        var table = await CreateAsync();
        using var context = NewContext();
        foreach (var title in new[] { "Silentium", "Fratres", "Tabula rasa" })
        {
            await context.SaveAsync(New(title), new SaveConfig { OverrideTableName = table });
        }

        var found = await context.QueryAsync<Song>(
            "Arvo Pärt", QueryOperator.BeginsWith, ["S"], new QueryConfig { OverrideTableName = table }).GetRemainingAsync();
        var all = await context.QueryAsync<Song>("Arvo Pärt", new QueryConfig { OverrideTableName = table }).GetRemainingAsync();

        found.Should().ContainSingle().Which.Title.Should().Be("Silentium");
        all.Select(song => song.Title).Should().Equal("Fratres", "Silentium", "Tabula rasa");
    }

    [Fact]
    public async Task A_query_of_a_global_index_finds_the_object()
    {
        var table = await CreateAsync();
        using var context = NewContext();
        var song = New("Fratres");
        await context.SaveAsync(song, new SaveConfig { OverrideTableName = table });

        var found = await Waiting.ReadAsync(
            () => context.QueryAsync<Song>(
                song.Year, new QueryConfig { OverrideTableName = table, IndexName = "by-year" }).GetRemainingAsync(),
            songs => songs.Count > 0);

        found.Should().ContainSingle().Which.Should().BeEquivalentTo(song);
    }

    [Fact]
    public async Task A_batch_saves_more_objects_than_one_request_takes()
    {
        var table = await CreateAsync();
        using var context = NewContext();
        var titles = Enumerable.Range(0, 60).Select(i => $"{i}").ToList();
        var write = context.CreateBatchWrite<Song>(new BatchWriteConfig { OverrideTableName = table, SkipVersionCheck = true });
        write.AddPutItems(titles.Select(New));

        await write.ExecuteAsync();

        var get = context.CreateBatchGet<Song>(new BatchGetConfig { OverrideTableName = table });
        titles.ForEach(title => get.AddKey("Arvo Pärt", title));
        await get.ExecuteAsync();
        get.Results.Select(song => song.Title).Should().BeEquivalentTo(titles);
    }

    [Fact]
    public async Task A_transaction_saves_and_deletes_with_the_versions_checked()
    {
        var table = await CreateAsync();
        using var context = NewContext();
        var old = New("Old");
        await context.SaveAsync(old, new SaveConfig { OverrideTableName = table });
        var write = context.CreateTransactWrite<Song>(new TransactWriteConfig { OverrideTableName = table });
        write.AddSaveItem(New("New"));
        write.AddDeleteItem(old);

        await write.ExecuteAsync();

        (await LoadAsync(context, table, "New"))!.Version.Should().Be(0);
        (await LoadAsync(context, table, "Old")).Should().BeNull();
    }

    [Fact]
    public async Task A_transaction_with_a_stale_version_changes_nothing()
    {
        var table = await CreateAsync();
        using var context = NewContext();
        var stale = New("Old");
        await context.SaveAsync(stale, new SaveConfig { OverrideTableName = table });
        await context.SaveAsync(await LoadAsync(context, table, "Old"), new SaveConfig { OverrideTableName = table });
        var write = context.CreateTransactWrite<Song>(new TransactWriteConfig { OverrideTableName = table });
        write.AddSaveItem(New("New"));
        write.AddSaveItem(stale);

        var writing = () => write.ExecuteAsync();

        var thrown = (await writing.Should().ThrowExactlyAsync<TransactionCanceledException>()).Which;
        thrown.CancellationReasons.Select(reason => reason.Code).Should().Equal("None", "ConditionalCheckFailed");
        (await LoadAsync(context, table, "New")).Should().BeNull();
    }

    private static Task<Song?> LoadAsync(DynamoDBContext context, string table, string title) =>
        context.LoadAsync<Song?>("Arvo Pärt", title, new LoadConfig { OverrideTableName = table });

    private static Song New(string title) => new()
    {
        Artist = "Arvo Pärt",
        Title = title,
        Year = 1977,
        Recorded = new(1977, 10, 13, 12, 30, 0, DateTimeKind.Utc),
        Players = ["Gidon Kremer", "Keith Jarrett"],
        Tags = ["violin", "piano"],
        Cover = [0, 1, 255],
        Label = new() { Name = "ECM", Price = 12.50m, Independent = true },
    };

    private DynamoDBContext NewContext() => new DynamoDBContextBuilder()
        .WithDynamoDBClient(() => server.Client)
        .ConfigureContext(config => config.RetrieveDateTimeInUtc = true)
        .Build();

    private Task<string> CreateAsync() =>
        TableSpec.Of("Artist:S Title:S").WithGlobal("by-year", "Year:N").CreateAsync(server.Client);
}
