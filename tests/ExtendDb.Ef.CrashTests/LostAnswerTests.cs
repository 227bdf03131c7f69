using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.CrashTests;

/// <summary>A writer does not hear whether its commit was done.</summary>
public class LostAnswerTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    private static readonly AttributeMap Parcel = Parcels.After(1, 1, 1);
    private static readonly AttributeMap Key = Parcels.KeyOf(Parcel);

    private static readonly Dictionary<string, Func<Client, Task>> Ways = new()
    {
        ["PutItem"] = client => client.ExtendDb.PutItemAsync(new(Parcels.Table, Parcel)),
        ["UpdateItem"] = client => client.ExtendDb.UpdateItemAsync(new(Parcels.Table, Key)
        {
            UpdateExpression = "SET Fleet = :fleet, Moves = :moves",
            ExpressionAttributeValues = new AttributeMap { [":fleet"] = Parcel["Fleet"], [":moves"] = 1 },
        }),
        ["TransactWriteItems"] = client => client.ExtendDb.TransactWriteItemsAsync(
            new([new() { Put = new(Parcels.Table, Parcel) }])),
        ["BatchWriteItem"] = client => client.ExtendDb.BatchWriteItemAsync(new(
            new Dictionary<string, IReadOnlyList<WriteRequest>> { [Parcels.Table] = [WriteRequest.Put(Parcel)] })),
        ["SaveChanges"] = async client =>
        {
            await using var context = await AddedAsync(client);
            context.SaveChanges();
        },
        ["SaveChangesAsync"] = async client =>
        {
            await using var context = await AddedAsync(client);
            await context.SaveChangesAsync();
        },
        ["a transaction of the user's own"] = async client =>
        {
            await using var context = client.CreateContext();
            await context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                await using var transaction = await context.Database.BeginTransactionAsync();
                await context.ExtendDb().PutItemAsync(new(Parcels.Table, Parcel));
                await transaction.CommitAsync();
            });
        },
    };

    public static TheoryData<string> Names => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Write_that_was_committed_though_its_writer_saw_an_error_is_there_with_its_marker(string way)
    {
        var (connectionString, client, lost) = await ClientAsync(committed: true, retries: false);
        await using var open = client;
        lost.Lose(1);

        await FluentActions.Awaiting(() => Ways[way](client)).Should().ThrowAsync<Exception>();

        (await RowsAsync(client)).Should().Be((1, 1));
        await ConvergesAsync(connectionString);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Write_that_was_rolled_back_left_no_marker_and_the_same_client_writes_on(string way)
    {
        var (connectionString, client, lost) = await ClientAsync(committed: false, retries: false);
        await using var open = client;
        lost.Lose(1);

        await FluentActions.Awaiting(() => Ways[way](client)).Should().ThrowAsync<Exception>();
        var rolledBack = await RowsAsync(client);
        await Ways[way](client);

        rolledBack.Should().Be((0, 0));
        (await RowsAsync(client)).Should().Be((1, 1));
        await ConvergesAsync(connectionString);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Write_that_was_rolled_back_is_done_once_by_a_strategy_that_tries_again(string way)
    {
        var (connectionString, client, lost) = await ClientAsync(committed: false, retries: true);
        await using var open = client;
        lost.Lose(1);

        await Ways[way](client);

        lost.Lost.Should().Be(1);
        (await RowsAsync(client)).Should().Be((1, 1));
        await ConvergesAsync(connectionString);
    }

    [Fact]
    public async Task Transaction_with_a_token_is_done_once_when_it_was_committed_and_is_tried_again()
    {
        var (connectionString, client, lost) = await ClientAsync(committed: true, retries: true);
        await using var open = client;
        lost.Lose(1);

        await client.ExtendDb.TransactWriteItemsAsync(new([new() { Update = Raise() }]) { ClientRequestToken = "once" });

        lost.Lost.Should().Be(1);
        (await RaisedAsync(client)).Should().Be((AttributeValue)1);
        await ConvergesAsync(connectionString);
    }

    [Fact]
    public async Task Counter_is_raised_once_when_it_was_committed_and_is_tried_again()
    {
        var (connectionString, client, lost) = await ClientAsync(committed: true, retries: true);
        await using var open = client;
        lost.Lose(1);

        var raise = Raise();
        await client.ExtendDb.UpdateItemAsync(new(Parcels.Table, Key)
        {
            UpdateExpression = raise.UpdateExpression,
            ExpressionAttributeValues = raise.ExpressionAttributeValues,
        });

        lost.Lost.Should().Be(1);
        (await RaisedAsync(client)).Should().Be((AttributeValue)1);
        await ConvergesAsync(connectionString);
    }

    [Fact]
    public async Task Condition_is_not_said_to_fail_because_of_the_write_itself_that_is_tried_again()
    {
        var (connectionString, client, lost) = await ClientAsync(committed: true, retries: true);
        await using var open = client;
        lost.Lose(1);

        await client.ExtendDb.PutItemAsync(new(Parcels.Table, Parcel)
        {
            ConditionExpression = "attribute_not_exists(Driver)",
        });

        (lost.Lost, (await RowsAsync(client)).Items).Should().Be((1, 1));
        await ConvergesAsync(connectionString);
    }

    private static async Task<ExtendDbContext> AddedAsync(Client client)
    {
        var context = client.CreateContext();
        context.Add(Item.Create(await context.ExtendDb().GetTableDefinitionAsync(Parcels.Table), Parcel));
        return context;
    }

    private static ExtendDb.Ef.Model.Update Raise() => new(Parcels.Table, Key, "SET Fleet = :fleet ADD Moves :one")
    {
        ExpressionAttributeValues = new AttributeMap { [":fleet"] = Parcel["Fleet"], [":one"] = 1 },
    };

    private static async Task<AttributeValue> RaisedAsync(Client client) =>
        (await client.ExtendDb.GetItemAsync(new(Parcels.Table, Key) { ConsistentRead = true })).Item!["Moves"];

    private static async Task<(int Items, int Markers)> RowsAsync(Client client)
    {
        await using var context = client.CreateContext();
        return (await context.Items.CountAsync(), await context.GsiPending.CountAsync());
    }

    private static async Task ConvergesAsync(string connectionString)
    {
        await using var worker = await InProcessWorker.StartAsync(connectionString);
        await CrashOracle.CheckAsync(connectionString);
    }

    private async Task<(string ConnectionString, Client Client, LostAnswers Lost)> ClientAsync(bool committed, bool retries)
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        var lost = new LostAnswers(committed);
        var client = new Client(connectionString, retries, interceptors: lost);
        await Parcels.CreateAsync(client.ExtendDb);
        return (connectionString, client, lost);
    }
}
