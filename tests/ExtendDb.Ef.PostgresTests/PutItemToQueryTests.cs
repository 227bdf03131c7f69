using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests;

/// <summary>The whole way of one write.</summary>
public class PutItemToQueryTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Put_item_commits_its_marker_and_a_worker_brings_it_to_the_index()
    {
        await using var writer = await OperationsHost.StartAsync(database.ConnectionString);
        var table = await writer.DefineAsync(OperationsTable.Of("Artist:S Title:S").WithGlobal("ByYear", "Year:N"));
        var song = new AttributeMap { ["Artist"] = "Ella", ["Title"] = "Misty", ["Year"] = 1960 };
        var byYear = new QueryRequest(table.Name)
        {
            KeyConditionExpression = "#year = :year",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#year"] = "Year" },
            ExpressionAttributeValues = new AttributeMap { [":year"] = 1960 },
            IndexName = "ByYear",
        };

        // The item and its marker are there together, or not at all.
        await using var context = writer.CreateContext();
        await using (var transaction = await context.Database.BeginTransactionAsync())
        {
            await context.ExtendDb().PutItemAsync(new(table.Name, song));
            (await context.GsiPending.CountAsync()).Should().Be(1);
            (await writer.RowsAsync()).Should().Be((0, 0, 0), "others see neither before the commit");
            await transaction.CommitAsync();
        }

        (await writer.RowsAsync()).Should().Be((1, 1, 0), "no worker has run yet");
        (await writer.Db.QueryAsync(byYear)).Items.Should().BeEmpty();

        // A worker of another process finds the marker and applies it.
        await using var worker = await OperationsHost.StartAsync(database.ConnectionString, worker: true);
        await Waiting.UntilAsync(async () => await writer.CountAsync("gsi_pending") == 0, "the marker is applied");

        (await writer.Db.QueryAsync(byYear)).Items.Should().Equal(song);
        (await writer.RowsAsync()).Should().Be((1, 0, 1));
    }
}
