using System.Text.Json;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Typed;

/// <summary>Single items as objects.</summary>
public class TypedItemTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly Song Fratres = new()
    {
        Artist = "Arvo Pärt",
        Title = "Fratres",
        Year = 1977,
        Players = ["Gidon Kremer", "Keith Jarrett"],
        Label = new("ECM", "München"),
    };

    [Fact]
    public async Task Put_object_is_an_item_and_comes_back_equal()
    {
        var songs = await SongsAsync();

        var stored = await songs.PutAsync(Fratres);

        stored.Should().BeSameAs(Fratres);
        (await songs.GetAsync(("Arvo Pärt", "Fratres"))).Should().BeEquivalentTo(Fratres);
        (await songs.GetAsync(("Arvo Pärt", "Spiegel im Spiegel"))).Should().BeNull();
        var item = (await Host.Db.GetItemAsync(new(songs.TableName, songs.Key(("Arvo Pärt", "Fratres"))))).Item!;
        item["Players"].Should().Be(new AttributeValue.SS("Gidon Kremer", "Keith Jarrett"));
        item.Should().NotContainKey("Note");
    }

    [Fact]
    public async Task False_condition_of_a_put_writes_nothing()
    {
        var songs = await SongsAsync();
        await songs.PutAsync(Fratres);

        var again = () => songs.PutAsync(Fratres with { Year = 1980 }, $"attribute_not_exists(Artist)");

        await again.Should().ThrowAsync<ConditionalCheckFailedException>();
        (await songs.GetAsync(("Arvo Pärt", "Fratres")))!.Year.Should().Be(1977);
    }

    [Fact]
    public async Task Expression_may_name_reserved_words_and_values_of_any_type_by_members()
    {
        var songs = await SongsAsync();
        await songs.PutAsync(Fratres);
        var (status, city) = (songs.Path(song => song.Status), songs.Path(song => song.Label!.City));
        ItemExpression unreleased = $"{status} = {SongStatus.Draft}";

        var updated = await songs.UpdateAsync(
            ("Arvo Pärt", "Fratres"),
            $"SET {status} = {SongStatus.Released}, {city} = {"Gräfelfing"}, Plays = Plays + {2L} ADD Players {new HashSet<string> { "Tabea Zimmermann" }}",
            $"{unreleased} AND ({city} = {"München"} OR Plays > {1000})");

        updated.Should().BeEquivalentTo(Fratres with
        {
            Status = SongStatus.Released,
            Label = new("ECM", "Gräfelfing"),
            Plays = 2,
            Players = ["Gidon Kremer", "Keith Jarrett", "Tabea Zimmermann"],
        });
    }

    [Fact]
    public async Task Value_in_an_expression_is_never_read_as_one()
    {
        var songs = await SongsAsync();
        await songs.PutAsync(Fratres);
        var hostile = "x OR attribute_exists(Artist)";

        var delete = () => songs.DeleteAsync(("Arvo Pärt", "Fratres"), $"Title = {hostile}");

        await delete.Should().ThrowAsync<ConditionalCheckFailedException>();
        (await songs.GetAsync(("Arvo Pärt", "Fratres"))).Should().NotBeNull();
    }

    [Fact]
    public async Task Deleted_item_is_gone()
    {
        var songs = await SongsAsync();
        await songs.PutAsync(Fratres);

        await songs.DeleteAsync(("Arvo Pärt", "Fratres"), $"Plays < {1}");
        await songs.DeleteAsync(Fratres);

        (await songs.GetAsync(("Arvo Pärt", "Fratres"))).Should().BeNull();
    }

    [Fact]
    public async Task Table_as_another_class_reads_the_members_of_that_class_only()
    {
        var songs = await SongsAsync();
        await songs.PutAsync(Fratres);
        await Host.Db.UpdateItemAsync(new(songs.TableName, songs.Key(("Arvo Pärt", "Fratres")))
        {
            UpdateExpression = "SET Huge = :huge",
            ExpressionAttributeValues = new AttributeMap { [":huge"] = new string('x', 100_000) },
        });

        var title = await songs.As<SongTitle>().GetAsync(("Arvo Pärt", "Fratres"));
        var wrong = () => songs.As<Account>().GetAsync(("Arvo Pärt", "Fratres"));

        title.Should().Be(new SongTitle("Fratres", 1977));
        (await wrong()).Should().Be(new Account(null!, 0), "a missing attribute leaves the default of a parameter");
    }

    [Fact]
    public async Task Item_that_does_not_fit_is_refused_with_the_path_of_its_attribute()
    {
        var songs = await SongsAsync();
        await Host.Db.PutItemAsync(new(songs.TableName, new() { ["Artist"] = "a", ["Title"] = "t", ["Year"] = "MCMLXXVII" }));

        var read = () => songs.GetAsync(("a", "t"));

        await read.Should().ThrowAsync<JsonException>().WithMessage("*$.Year*");
    }

    [Fact]
    public async Task Table_can_be_created_from_its_class()
    {
        var songs = Host.Db.Table<Song>($"created-{Guid.NewGuid():N}");

        await Host.Db.CreateTableAsync(songs.ToCreateTableRequest());

        await songs.PutAsync(Fratres);
        (await songs.GetAsync(("Arvo Pärt", "Fratres"))).Should().NotBeNull();
    }

    private async Task<TypedTable<Song>> SongsAsync() =>
        Host.Db.Table<Song>(await Host.CreateAsync(OperationsTable.Of("Artist:S Title:S")));
}
