using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Storage.Linq;

/// <summary>Paths of <see cref="ExtendDbFunctions"/>.</summary>
public class DocumentPathTests(OperationsFixture database) : LinqTests(database)
{
    public static TheoryData<string> Names =>
    [
        "it's", "a.b", "[0]", "a b", "{a}", "a,b", "\"a\"", "a\\b", "ä€😀", "null", "NULL", "0", "S", "M", "@p0", "{0}", "%s",
        "a\0b", "\u0001", "-- ", "/*", "$1", "?",
        "'; DROP TABLE extenddb.items; --", "S}'; DROP TABLE extenddb.items; --", "x') OR true --", "\\'; SELECT 1 --",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Attribute_with_any_name_is_read(string name)
    {
        await PutAsync("1", new() { [name] = "there" });
        await PutAsync("2", new() { ["Other"] = "there" });
        await using var context = OwnContext();

        var found = await SongsIn(context)
            .Where(i => ExtendDbFunctions.Exists(i.Document, name) && ExtendDbFunctions.String(i.Document, name) == "there")
            .Select(i => ExtendDbFunctions.String(i.Document, "Song")).ToListAsync();

        found.Should().Equal("1");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Member_with_any_name_is_read(string name)
    {
        await PutAsync("1", new() { ["Map"] = new AttributeMap { [name] = 7 } });
        await PutAsync("2", new() { ["Map"] = new AttributeMap { ["Other"] = 7 } });
        await using var context = OwnContext();

        var found = await SongsIn(context)
            .Where(i => ExtendDbFunctions.Exists(i.Document, "Map", name) && ExtendDbFunctions.Number(i.Document, "Map", name) == 7)
            .Select(i => ExtendDbFunctions.String(i.Document, "Song")).ToListAsync();

        found.Should().Equal("1");
    }

    [Fact]
    public async Task Path_leads_through_maps_and_lists()
    {
        await PutAsync("1", new()
        {
            ["Takes"] = new AttributeValue.L(
                new AttributeMap { ["Studio"] = "A" }, new AttributeMap { ["Studio"] = "B", ["Times"] = new AttributeValue.L(7, 8) }),
        });
        await using var context = OwnContext();

        var read = await SongsIn(context).Select(i => new
        {
            Studio = ExtendDbFunctions.String(i.Document, "Takes", 1, "Studio"),
            Time = ExtendDbFunctions.Number(i.Document, "Takes", 1, "Times", 0),
            Beyond = ExtendDbFunctions.Exists(i.Document, "Takes", 2),
            IndexOfMap = ExtendDbFunctions.Exists(i.Document, "Takes", 0, 0),
            NameInList = ExtendDbFunctions.Exists(i.Document, "Takes", "0"),
        }).SingleAsync();

        read.Should().Be(new { Studio = (string?)"B", Time = (decimal?)7, Beyond = false, IndexOfMap = false, NameInList = false });
    }

    [Fact]
    public async Task Queries_that_differ_in_a_variable_of_the_path_read_different_attributes()
    {
        await PutAsync("1", new() { ["A"] = "a", ["B"] = "b" });
        await using var context = OwnContext();
        PathElement[][] paths = [["A"], ["B"], ["Song"]];

        var read = new List<string?>();
        foreach (var path in paths)
        {
            read.Add(await SongsIn(context).Select(i => ExtendDbFunctions.String(i.Document, path)).SingleAsync());
        }

        read.Should().Equal("a", "b", "1");
    }

    [Fact]
    public async Task Path_of_a_column_is_refused_with_what_can_be_used()
    {
        await using var context = OwnContext();

        var query = () => context.Orders
            .Where(o => SongsIn(context).Any(i => ExtendDbFunctions.String(i.Document, "Map", o.Text) == "x")).ToListAsync();

        await query.Should().ThrowAsync<InvalidOperationException>().WithMessage("*String*constants or variables*");
    }

    [Fact]
    public async Task Path_of_a_compiled_querys_parameter_is_refused()
    {
        await using var context = OwnContext();
        var query = EF.CompileAsyncQuery((OperationsCatalogContext c, string name) =>
            c.Set<Item>().Count(i => ExtendDbFunctions.String(i.Document, name) == "x"));

        var run = () => query(context, "Artist");

        await run.Should().ThrowAsync<InvalidOperationException>().WithMessage("*compiled queries*");
    }

    [Fact]
    public async Task Compiled_query_with_a_constant_path_is_translated()
    {
        await PutAsync("Misty", new() { ["Artist"] = "Ella" });
        await using var context = OwnContext();
        var query = EF.CompileAsyncQuery((OperationsCatalogContext c, int table, string artist) => c.Set<Item>()
            .Count(i => i.TableId == table && ExtendDbFunctions.String(i.Document, "Artist") == artist));

        var found = await query(context, Songs.Id, "Ella");

        found.Should().Be(1);
    }

    [Fact]
    public async Task Path_without_an_attribute_is_refused()
    {
        await using var context = OwnContext();

        var empty = () => SongsIn(context).CountAsync(i => ExtendDbFunctions.Exists(i.Document));
        var index = () => SongsIn(context).CountAsync(i => ExtendDbFunctions.Exists(i.Document, 0));

        await empty.Should().ThrowAsync<ArgumentException>().WithMessage("*name of an attribute*");
        await index.Should().ThrowAsync<ArgumentException>().WithMessage("*name of an attribute*");
    }

    [Fact]
    public void Negative_index_and_name_null_are_refused()
    {
        var negative = () => (PathElement)(-1);
        var none = () => (PathElement)(string)null!;

        negative.Should().Throw<ArgumentOutOfRangeException>();
        none.Should().Throw<ArgumentNullException>();
    }
}
