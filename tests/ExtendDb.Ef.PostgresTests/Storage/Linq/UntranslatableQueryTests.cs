using System.Linq.Expressions;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Storage.Linq;

public class UntranslatableQueryTests(OperationsFixture database) : LinqTests(database)
{
    [Fact]
    public Task Indexer_in_a_condition_is_refused_with_the_function_to_use() =>
        RefusedAsync("*indexer*ExtendDbFunctions.String*", items => items.Where(i => i.Document["Artist"].Equals((AttributeValue)"Ella")));

    [Fact]
    public Task Indexer_within_a_cast_is_refused_with_the_function_to_use() => RefusedAsync(
        "*indexer*ExtendDbFunctions.String*", items => items.Where(i => ((AttributeValue.S)i.Document["Artist"]).Value == "Ella"));

    [Fact]
    public Task ContainsKey_in_a_condition_is_refused_with_the_function_to_use() =>
        RefusedAsync("*ContainsKey*Exists*", items => items.Where(i => i.Document.ContainsKey("Artist")));

    [Fact]
    public Task Count_in_an_order_is_refused() =>
        RefusedAsync("*Count*ExtendDbFunctions*", items => items.OrderBy(i => i.Document.Count));

    [Fact]
    public async Task Count_in_the_last_select_is_refused_because_it_would_be_read_as_JSON()
    {
        await using var context = OwnContext();

        var run = () => SongsIn(context).Select(i => i.Document.Count).ToListAsync();

        await run.Should().ThrowAsync<InvalidOperationException>().WithMessage("*Count*in memory*");
    }

    [Fact]
    public async Task Count_of_a_map_in_the_document_is_read_in_memory()
    {
        await PutAsync("Misty", new() { ["Map"] = new AttributeMap { ["A"] = 1, ["B"] = 2 } });
        await using var context = OwnContext();

        var count = await SongsIn(context).Select(i => ((AttributeValue.M)i.Document["Map"]).Value.Count).SingleAsync();

        count.Should().Be(2);
    }

    [Fact]
    public Task Any_of_the_attributes_is_refused() =>
        RefusedAsync("*Any*ExtendDbFunctions*", items => items.Where(i => i.Document.Any(a => a.Key == "Artist")));

    [Fact]
    public Task Indexer_in_the_key_of_a_group_is_refused() => RefusedAsync(
        "*indexer*ExtendDbFunctions*", items => items.GroupBy(i => i.Document["Artist"]).Select(g => g.First()));

    [Fact]
    public Task Indexer_in_a_query_within_a_condition_is_refused() => RefusedAsync(
        "*indexer*ExtendDbFunctions*", items => items.Where(i => items.Select(o => o.Document["Artist"]).Contains(i.Document["Artist"])));

    [Fact]
    public async Task Indexer_in_the_key_of_a_join_is_refused()
    {
        await using var context = OwnContext();

        var query = () => context.Orders
            .Join(SongsIn(context), o => o.Text, i => i.Document["Song"].ToString(), (o, i) => o.Id).ToListAsync();

        await query.Should().ThrowAsync<InvalidOperationException>().WithMessage("*indexer*ExtendDbFunctions*");
    }

    [Fact]
    public async Task Last_select_uses_methods_of_the_document_in_memory()
    {
        await PutAsync("Misty", new() { ["Artist"] = "Ella" });
        await using var context = OwnContext();

        var read = await SongsIn(context)
            .Select(i => new { Artist = i.Document["Artist"], i.Document, HasYear = i.Document.ContainsKey("Year") })
            .SingleAsync();

        (read.Artist, read.Document.Count, read.HasYear).Should().Be(((AttributeValue)"Ella", 2, false));
    }

    [Fact]
    public async Task Variable_that_is_a_map_is_used_in_a_condition()
    {
        await PutAsync("Misty", new() { ["Artist"] = "Ella", ["Count"] = 2 });
        await using var context = OwnContext();
        AttributeMap wanted = new() { ["Song"] = "Misty", ["Artist"] = "Ella", ["Count"] = 2 };

        var found = await SongsIn(context)
            .CountAsync(i => i.Document.Equals(wanted) && ExtendDbFunctions.Number(i.Document, "Count") < wanted.Count);

        found.Should().Be(1);
    }

    [Fact]
    public void Functions_outside_of_a_query_say_how_to_read_a_map_in_memory()
    {
        AttributeMap song = new() { ["Artist"] = "Ella" };
        Expression<Func<object?>>[] calls =
        [
            () => ExtendDbFunctions.String(song, "Artist"), () => ExtendDbFunctions.Number(song, "Artist"),
            () => ExtendDbFunctions.Boolean(song, "Artist"), () => ExtendDbFunctions.Binary(song, "Artist"),
            () => ExtendDbFunctions.Exists(song, "Artist"), () => ExtendDbFunctions.Contains(song, song),
        ];

        foreach (var call in calls.Select(c => c.Compile()))
        {
            call.Should().Throw<InvalidOperationException>().WithMessage("*within a LINQ query*document*\"*");
        }
    }

    private async Task RefusedAsync(string message, Func<IQueryable<Item>, IQueryable<Item>> query)
    {
        await using var context = OwnContext();

        var run = () => query(SongsIn(context)).ToListAsync();

        await run.Should().ThrowAsync<InvalidOperationException>().WithMessage(message);
    }
}
