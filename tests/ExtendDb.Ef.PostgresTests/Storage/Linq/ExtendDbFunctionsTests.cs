using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Storage.Linq;

public class ExtendDbFunctionsTests(OperationsFixture database) : LinqTests(database)
{
    [Fact]
    public async Task String_finds_the_items_with_a_text()
    {
        await PutAsync("Misty", new() { ["Artist"] = "Ella" });
        await PutAsync("Naima", new() { ["Artist"] = "John" });
        await using var context = OwnContext();

        var found = await SongsIn(context).SingleAsync(i => ExtendDbFunctions.String(i.Document, "Artist") == "Ella");

        found.Document["Song"].Should().Be((AttributeValue)"Misty");
    }

    [Fact]
    public async Task Sync_query_finds_what_an_async_one_finds()
    {
        await PutAsync("Misty", new() { ["Artist"] = "Ella" });
        await PutAsync("Naima", new() { ["Artist"] = "John" });
        await using var context = OwnContext();

        var found = SongsIn(context).Count(i => ExtendDbFunctions.String(i.Document, "Artist") == "Ella");

        found.Should().Be(1);
    }

    [Fact]
    public async Task String_is_compared_with_a_variable()
    {
        await PutAsync("Misty", new() { ["Artist"] = "O'Ella" });
        await using var context = OwnContext();
        var artist = "O'Ella";

        var query = SongsIn(context).Where(i => ExtendDbFunctions.String(i.Document, "Artist") == artist);

        (await query.CountAsync()).Should().Be(1);
        query.ToQueryString().Should().Contain("#>> '{Artist,S}'").And.Contain("= @artist");
    }

    [Fact]
    public async Task String_is_one_of_a_list()
    {
        await PutAsync("Misty", new() { ["Artist"] = "Ella" });
        await PutAsync("Naima", new() { ["Artist"] = "John" });
        await PutAsync("Ruby");
        await using var context = OwnContext();
        string[] artists = ["Ella", "John", "Nobody"];

        var found = await SongsIn(context).CountAsync(i => artists.Contains(ExtendDbFunctions.String(i.Document, "Artist")));

        found.Should().Be(2);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("\u0001")]
    [InlineData("\u00010")]
    [InlineData("Pärt 😀 \\ ' \" %_")]
    public async Task String_with_any_characters_is_found_and_read(string text)
    {
        await PutAsync("Misty", new() { ["Artist"] = text });
        await PutAsync("Naima", new() { ["Artist"] = text + "0" });
        await using var context = OwnContext();

        var found = await SongsIn(context).Where(i => ExtendDbFunctions.String(i.Document, "Artist") == text)
            .Select(i => ExtendDbFunctions.String(i.Document, "Artist")).ToListAsync();

        found.Should().Equal(text);
    }

    [Fact]
    public async Task String_begins_contains_and_ends_with_a_text()
    {
        await PutAsync("Misty", new() { ["Artist"] = "Ella Fitzgerald" });
        await using var context = OwnContext();
        var name = "Fitz";

        var found = await SongsIn(context).CountAsync(i =>
            ExtendDbFunctions.String(i.Document, "Artist")!.StartsWith("Ella")
            && ExtendDbFunctions.String(i.Document, "Artist")!.Contains(name)
            && ExtendDbFunctions.String(i.Document, "Artist")!.EndsWith("gerald"));

        found.Should().Be(1);
    }

    [Fact]
    public async Task String_is_a_part_of_a_longer_text()
    {
        await PutAsync("Misty", new() { ["Artist"] = "Ella", ["Label"] = "Verve" });
        await using var context = OwnContext();

        var texts = await SongsIn(context).Select(i =>
            "by " + ExtendDbFunctions.String(i.Document, "Artist") + " on " + ExtendDbFunctions.String(i.Document, "Label"))
            .ToListAsync();

        texts.Should().Equal("by Ella on Verve");
    }

    [Fact]
    public async Task String_is_ordered_by_its_bytes_with_a_collation()
    {
        await PutAsync("1", new() { ["Artist"] = "b" });
        await PutAsync("2", new() { ["Artist"] = "B" });
        await PutAsync("3", new() { ["Artist"] = "a" });
        await using var context = OwnContext();

        var ordered = await SongsIn(context).Select(i => ExtendDbFunctions.String(i.Document, "Artist"))
            .OrderBy(artist => EF.Functions.Collate(artist, "C")).ToListAsync();

        ordered.Should().Equal("B", "a", "b");
    }

    [Fact]
    public async Task Number_is_compared_and_ordered_by_its_value()
    {
        await PutAsync("1", new() { ["Released"] = 900 });
        await PutAsync("2", new() { ["Released"] = 1977 });
        await PutAsync("3", new() { ["Released"] = 10_000 });
        await using var context = OwnContext();
        var from = 950m;

        var released = await SongsIn(context).Where(i => ExtendDbFunctions.Number(i.Document, "Released") > from)
            .OrderByDescending(i => ExtendDbFunctions.Number(i.Document, "Released"))
            .Select(i => ExtendDbFunctions.Number(i.Document, "Released")).ToListAsync();

        released.Should().Equal(10_000m, 1977m);
    }

    [Fact]
    public async Task Number_of_38_digits_is_compared_exactly()
    {
        await PutAsync("1", new() { ["Released"] = DynamoNumber.Parse("12345678901234567890123456789012345678") });
        await PutAsync("2", new() { ["Released"] = DynamoNumber.Parse("12345678901234567890123456789012345677") });
        await PutAsync("3", new() { ["Released"] = DynamoNumber.Parse("9.9E+125") });
        await PutAsync("4", new() { ["Released"] = DynamoNumber.Parse("1E-130") });
        await using var context = OwnContext();

        var order = await SongsIn(context).OrderBy(i => ExtendDbFunctions.Number(i.Document, "Released"))
            .Select(i => ExtendDbFunctions.String(i.Document, "Song")).ToListAsync();

        order.Should().Equal("4", "2", "1", "3");
    }

    [Fact]
    public async Task Number_with_too_many_digits_for_a_decimal_is_refused_when_it_is_read()
    {
        await PutAsync("1", new() { ["Released"] = DynamoNumber.Parse("12345678901234567890123456789012345678") });
        await using var context = OwnContext();

        var read = () => SongsIn(context).Select(i => ExtendDbFunctions.Number(i.Document, "Released")).ToListAsync();

        await read.Should().ThrowAsync<OverflowException>();
    }

    [Fact]
    public async Task Numbers_are_added_and_averaged()
    {
        await PutAsync("1", new() { ["Minutes"] = 3.5m });
        await PutAsync("2", new() { ["Minutes"] = 4.25m });
        await PutAsync("3");
        await using var context = OwnContext();

        var sum = await SongsIn(context).SumAsync(i => ExtendDbFunctions.Number(i.Document, "Minutes"));
        var average = await SongsIn(context).AverageAsync(i => ExtendDbFunctions.Number(i.Document, "Minutes"));

        (sum, average).Should().Be((7.75m, 3.875m));
    }

    [Fact]
    public async Task Boolean_is_true_false_or_missing()
    {
        await PutAsync("1", new() { ["Live"] = true });
        await PutAsync("2", new() { ["Live"] = false });
        await PutAsync("3");
        await using var context = OwnContext();

        var live = await SongsIn(context).OrderBy(i => ExtendDbFunctions.String(i.Document, "Song"))
            .Select(i => ExtendDbFunctions.Boolean(i.Document, "Live")).ToListAsync();
        var known = await SongsIn(context).CountAsync(i => ExtendDbFunctions.Boolean(i.Document, "Live") == true);
        var other = await SongsIn(context).CountAsync(i => ExtendDbFunctions.Boolean(i.Document, "Live") != true);

        live.Should().Equal(true, false, null);
        (known, other).Should().Be((1, 2));
    }

    [Fact]
    public async Task Binary_is_compared_and_read()
    {
        byte[] cover = [0, 1, 254, 255];
        await PutAsync("1", new() { ["Cover"] = cover });
        await PutAsync("2", new() { ["Cover"] = new byte[] { 0 } });
        await using var context = OwnContext();

        var found = await SongsIn(context).Where(i => ExtendDbFunctions.Binary(i.Document, "Cover") == cover)
            .Select(i => ExtendDbFunctions.Binary(i.Document, "Cover")).ToListAsync();

        found.Should().ContainSingle().Which.Should().Equal(cover);
    }

    [Fact]
    public async Task Missing_attribute_null_value_and_value_of_another_type_are_null()
    {
        await PutAsync("text", new() { ["Artist"] = "Ella" });
        await PutAsync("number", new() { ["Artist"] = 7 });
        await PutAsync("null", new() { ["Artist"] = new AttributeValue.NULL() });
        await PutAsync("missing");
        await using var context = OwnContext();

        var none = await SongsIn(context).Where(i => ExtendDbFunctions.String(i.Document, "Artist") == null)
            .Select(i => ExtendDbFunctions.String(i.Document, "Song")).ToListAsync();
        var some = await SongsIn(context).CountAsync(i => ExtendDbFunctions.String(i.Document, "Artist") != null);
        var others = await SongsIn(context).CountAsync(i => ExtendDbFunctions.String(i.Document, "Artist") != "Ella");

        none.Should().BeEquivalentTo("number", "null", "missing");
        (some, others).Should().Be((1, 3));
    }

    [Fact]
    public async Task Exists_is_true_for_a_value_of_any_type()
    {
        await PutAsync("number", new() { ["Artist"] = 7 });
        await PutAsync("null", new() { ["Artist"] = new AttributeValue.NULL() });
        await PutAsync("empty", new() { ["Artist"] = "" });
        await PutAsync("missing");
        await using var context = OwnContext();

        var there = await SongsIn(context).CountAsync(i => ExtendDbFunctions.Exists(i.Document, "Artist"));
        var missing = await SongsIn(context).Where(i => !ExtendDbFunctions.Exists(i.Document, "Artist"))
            .Select(i => ExtendDbFunctions.String(i.Document, "Song")).ToListAsync();

        there.Should().Be(3);
        missing.Should().Equal("missing");
    }

    [Fact]
    public async Task Items_are_joined_with_own_entities()
    {
        await PutAsync("Misty", new() { ["Artist"] = "Ella" });
        await using var context = OwnContext();
        context.Add(new OperationsCatalogContext.Order { Id = 1, Text = "Misty" });
        context.Add(new OperationsCatalogContext.Order { Id = 2, Text = "Ruby" });
        await context.SaveChangesAsync();

        var orders = await (
            from order in context.Orders
            join song in SongsIn(context)
                on order.Text equals ExtendDbFunctions.String(song.Document, "Song") into found
            from song in found.DefaultIfEmpty()
            orderby order.Id
            select new { order.Id, Artist = ExtendDbFunctions.String(song!.Document, "Artist") }).ToListAsync();

        orders.Select(o => (o.Id, (string?)o.Artist)).Should().Equal((1, "Ella"), (2, null));
    }

    [Fact]
    public async Task Items_are_grouped_by_an_attribute()
    {
        await PutAsync("1", new() { ["Artist"] = "Ella", ["Minutes"] = 3 });
        await PutAsync("2", new() { ["Artist"] = "Ella", ["Minutes"] = 4 });
        await PutAsync("3", new() { ["Minutes"] = 5 });
        await using var context = OwnContext();

        var groups = await SongsIn(context).GroupBy(i => ExtendDbFunctions.String(i.Document, "Artist"))
            .Select(g => new { g.Key, Minutes = g.Sum(i => ExtendDbFunctions.Number(i.Document, "Minutes")) }).ToListAsync();

        groups.Select(g => (g.Key, g.Minutes)).Should().BeEquivalentTo([("Ella", 7m), ((string?)null, (decimal?)5m)]);
    }

    [Fact]
    public async Task Condition_on_a_selected_attribute_and_on_the_document_after_a_page_is_translated()
    {
        await PutAsync("1", new() { ["Artist"] = "Ella" });
        await PutAsync("2", new() { ["Artist"] = "John" });
        await using var context = OwnContext();

        var documents = await SongsIn(context).OrderBy(i => i.SortKey).Take(10).Select(i => i.Document).Distinct()
            .Where(d => ExtendDbFunctions.String(d, "Artist") == "John").ToListAsync();
        var selected = await SongsIn(context).Select(i => new { Artist = ExtendDbFunctions.String(i.Document, "Artist") })
            .Where(s => s.Artist == "Ella").ToListAsync();

        documents.Should().ContainSingle().Which["Song"].Should().Be((AttributeValue)"2");
        selected.Should().ContainSingle();
    }

    [Fact]
    public async Task Document_is_named_by_EF_Property_too()
    {
        await PutAsync("1", new() { ["Artist"] = "Ella" });
        await using var context = OwnContext();

        var found = await SongsIn(context)
            .CountAsync(i => ExtendDbFunctions.String(EF.Property<AttributeMap>(i, "Document"), "Artist") == "Ella");

        found.Should().Be(1);
    }

    [Fact]
    public async Task Own_entities_are_updated_by_what_items_say()
    {
        await PutAsync("Misty", new() { ["Artist"] = "Ella" });
        await using var context = OwnContext();
        context.Add(new OperationsCatalogContext.Order { Id = 1, Text = "Misty" });
        await context.SaveChangesAsync();

        await context.Orders.ExecuteUpdateAsync(set => set.SetProperty(o => o.Text, o => SongsIn(context)
            .Where(i => ExtendDbFunctions.String(i.Document, "Song") == o.Text)
            .Select(i => ExtendDbFunctions.String(i.Document, "Artist")!).First()));

        (await context.Orders.AsNoTracking().SingleAsync()).Text.Should().Be("Ella");
    }

    [Fact]
    public async Task Contains_finds_members_of_sets_lists_and_maps()
    {
        await PutAsync("1", new()
        {
            ["Players"] = new AttributeValue.SS("Gidon\0", "Keith"),
            ["Takes"] = new AttributeValue.L("a", new AttributeMap { ["Studio"] = "B", ["Times"] = 2 }),
        });
        await PutAsync("2", new() { ["Players"] = new AttributeValue.L("Gidon\0"), ["Takes"] = new AttributeValue.L("a") });
        await using var context = OwnContext();
        AttributeMap player = new() { ["Players"] = new AttributeValue.SS("Gidon\0") };
        AttributeMap take = new() { ["Takes"] = new AttributeValue.L(new AttributeMap { ["Studio"] = "B" }) };

        var found = await SongsIn(context)
            .Where(i => ExtendDbFunctions.Contains(i.Document, player) && ExtendDbFunctions.Contains(i.Document, take))
            .Select(i => ExtendDbFunctions.String(i.Document, "Song")).ToListAsync();
        var all = await SongsIn(context).CountAsync(i => ExtendDbFunctions.Contains(i.Document, AttributeMap.Empty));

        found.Should().Equal("1");
        all.Should().Be(2);
    }

    [Fact]
    public async Task Context_of_the_library_translates_them_too()
    {
        await PutAsync("Misty", new() { ["Artist"] = "Ella" });
        await using var context = Host.CreateContext();

        var found = await SongsIn(context).CountAsync(i => ExtendDbFunctions.String(i.Document, "Artist") == "Ella");

        found.Should().Be(1);
    }
}
