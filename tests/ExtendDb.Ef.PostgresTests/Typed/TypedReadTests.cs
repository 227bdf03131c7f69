using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Typed;

/// <summary>Many items as objects: queries, scans, batches and transactions.</summary>
public class TypedReadTests(OperationsFixture database) : OperationsTests(database)
{
    [Fact]
    public async Task Query_returns_the_objects_of_all_pages_in_order()
    {
        var songs = await FilledAsync(30);

        var titles = await ListAsync(songs.QueryAsync(new()
        {
            Key = $"Artist = {"A"} AND Title >= {"05"}",
            Filter = $"{songs.Path(song => song.Year)} <> {2010}",
            ScanIndexForward = false,
            Limit = 4,
        }));

        titles.Select(song => song.Title).Should().Equal(
            Enumerable.Range(5, 25).Where(n => n != 10).Reverse().Select(n => $"{n:00}"));
    }

    [Fact]
    public async Task Page_names_the_start_key_of_the_next_one()
    {
        var songs = await FilledAsync(5);
        var query = new ItemQuery { Key = $"Artist = {"A"}", Limit = 3 };

        var first = await songs.QueryPageAsync(query);
        var second = await songs.QueryPageAsync(query with { ExclusiveStartKey = first.LastEvaluatedKey });

        first.Items.Select(song => song.Title).Should().Equal("00", "01", "02");
        first.LastEvaluatedKey.Should().Equal(songs.Key(("A", "02")));
        second.Items.Select(song => song.Title).Should().Equal("03", "04");
        second.LastEvaluatedKey.Should().BeNull();
    }

    [Fact]
    public async Task Query_of_a_part_reads_its_members_and_may_use_the_names_of_reserved_words()
    {
        var songs = await FilledAsync(2);
        var years = songs.As<SongTitle>();

        var found = await ListAsync(years.QueryAsync(new()
        {
            Key = $"Artist = {"A"}",
            Filter = $"{songs.Path(song => song.Year)} = {2001} AND {songs.Path(song => song.Status)} = {SongStatus.Draft}",
        }));

        found.Should().Equal(new SongTitle("01", 2001));
    }

    [Fact]
    public async Task Local_index_is_queried_by_its_name()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Artist:S Title:S").WithLocal("ByYear", "Artist:S Year:N"));
        var songs = Host.Db.Table<Song>(table);
        await songs.PutManyAsync([Song(1) with { Year = 2 }, Song(2) with { Year = 1 }]);

        var found = await ListAsync(songs.QueryAsync(new() { IndexName = "ByYear", Key = $"Artist = {"A"}" }));

        found.Select(song => song.Title).Should().Equal("02", "01");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public async Task Scan_returns_all_objects(int? segments)
    {
        var songs = await FilledAsync(30);
        var scan = new ItemScan { Filter = $"Plays < {20}", Limit = 7 };

        var found = await ListAsync(segments is { } number ? songs.ScanAsync(scan, number) : songs.ScanAsync(scan));

        found.Select(song => song.Plays).Should().BeEquivalentTo(Enumerable.Range(0, 20));
        (await ListAsync(songs.ScanAsync())).Should().HaveCount(30);
        (await songs.ScanPageAsync(new() { Limit = 7 })).Should().Match<ItemPage<Song>>(page => page.ScannedCount == 7);
    }

    [Fact]
    public async Task Many_items_are_put_read_and_deleted_in_batches()
    {
        var songs = await FilledAsync(230);
        PrimaryKey[] keys = [.. Enumerable.Range(0, 240).Select(n => (PrimaryKey)("A", Title(n))), ("A", "00")];

        var found = await ListAsync(songs.GetManyAsync(keys.Take(240)));
        await songs.DeleteManyAsync(keys.Skip(10));

        found.Select(song => song.Plays).Should().BeEquivalentTo(Enumerable.Range(0, 230));
        (await ListAsync(songs.ScanAsync())).Select(song => song.Plays).Should().BeEquivalentTo(Enumerable.Range(1, 9));
    }

    [Fact]
    public async Task Last_of_several_puts_of_one_key_is_stored()
    {
        var songs = Host.Db.Table<Song>(await Host.CreateAsync(OperationsTable.Of("Artist:S Title:S")));

        await songs.PutManyAsync([Song(1) with { Year = 1 }, Song(2), Song(1) with { Year = 2 }]);

        (await songs.GetAsync(("A", "01")))!.Year.Should().Be(2);
        (await songs.GetManyAsync([("A", "01"), ("A", "02"), ("A", "01")]).CountAsync()).Should().Be(2);
    }

    [Fact]
    public async Task Parts_of_a_transaction_are_written_and_read_together()
    {
        var songs = await FilledAsync(3);

        await Host.Db.TransactWriteItemsAsync(new([
            songs.PutPart(Song(9)),
            songs.UpdatePart(("A", "00"), $"SET Plays = {100}"),
            songs.DeletePart(("A", "01")),
            songs.CheckPart(("A", "02"), $"attribute_exists(Artist)"),
        ]));
        var read = await Host.Db.TransactGetItemsAsync(new([songs.GetPart(("A", "00")), songs.As<SongTitle>().GetPart(("A", "09"))]));

        songs.FromItem(read.Responses[0].Item!).Plays.Should().Be(100);
        read.Responses[1].Item.Should().Equal(new AttributeMap { ["Title"] = "09", ["Year"] = 2009 });
        (await songs.GetAsync(("A", "01"))).Should().BeNull();
    }

    [Fact]
    public async Task False_part_of_a_transaction_writes_nothing()
    {
        var songs = await FilledAsync(1);

        var write = () => Host.Db.TransactWriteItemsAsync(new([
            songs.PutPart(Song(9), $"attribute_not_exists(Artist)"),
            songs.CheckPart(("A", "00"), $"Plays > {0}"),
        ]));

        await write.Should().ThrowAsync<TransactionCanceledException>();
        (await songs.GetAsync(("A", "09"))).Should().BeNull();
    }

    private static string Title(int n) => n < 100 ? $"{n:00}" : $"{n}";

    private static Song Song(int n) => new() { Artist = "A", Title = Title(n), Year = 2000 + n, Plays = n };

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items) => await items.ToListAsync();

    private async Task<TypedTable<Song>> FilledAsync(int count)
    {
        var songs = Host.Db.Table<Song>(await Host.CreateAsync(OperationsTable.Of("Artist:S Title:S")));
        await songs.PutManyAsync(Enumerable.Range(0, count).Select(Song));
        return songs;
    }
}
