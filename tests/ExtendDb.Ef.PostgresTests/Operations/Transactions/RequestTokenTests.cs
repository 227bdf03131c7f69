using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Transactions;

public class RequestTokenTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Key = new() { ["Id"] = "counter" };
    private static readonly AttributeMap Other = new() { ["Id"] = "other" };

    private readonly string _token = $"{Guid.NewGuid()}";
    private string _table = null!;

    public override async Task InitializeAsync()
    {
        _table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByG", "G:S"));
    }

    [Fact]
    public async Task Same_request_again_does_nothing()
    {
        await CountAsync();

        await CountAsync();

        (await CounterAsync()).Should().Be((AttributeValue)1);
    }

    [Fact]
    public async Task Same_request_again_does_nothing_even_when_its_condition_is_false_now()
    {
        var request = new TransactWriteItemsRequest([Act.Put(_table, Key, "attribute_not_exists(Id)")])
        {
            ClientRequestToken = _token,
        };
        await Host.Db.TransactWriteItemsAsync(request);

        var again = () => Host.Db.TransactWriteItemsAsync(request);

        await again.Should().NotThrowAsync();
    }

    [Fact]
    public async Task Same_request_in_another_order_of_attributes_is_the_same()
    {
        var (first, second) = (new AttributeMap { ["X"] = 1, ["Y"] = 2 }, new AttributeMap { ["Y"] = 2, ["X"] = 1 });
        await SendAsync(Act.Update(_table, Key, "SET D = :v ADD N :one"), first);

        await SendAsync(Act.Update(_table, Key, "SET D = :v ADD N :one"), second);

        (await CounterAsync()).Should().Be((AttributeValue)1);

        Task SendAsync(TransactWriteItem action, AttributeMap map) => Host.Db.TransactWriteItemsAsync(new(
        [
            new()
            {
                Update = action.Update! with
                {
                    ExpressionAttributeValues = map.ContainsKey("X") && map.Keys.First() == "X"
                        ? new Dictionary<string, AttributeValue> { [":v"] = map, [":one"] = 1 }
                        : new Dictionary<string, AttributeValue> { [":one"] = 1, [":v"] = map },
                },
            },
        ])
        {
            ClientRequestToken = _token,
        });
    }

    [Fact]
    public async Task Asking_for_other_numbers_does_not_make_it_another_request()
    {
        await CountAsync();

        await CountAsync(ReturnConsumedCapacity.INDEXES);

        (await CounterAsync()).Should().Be((AttributeValue)1);
    }

    [Fact]
    public async Task Replay_counts_the_reads_of_its_items()
    {
        await Host.PutAsync(_table, Key.With("D", new byte[5_000]));
        await CountAsync();

        var replay = await CountAsync(ReturnConsumedCapacity.TOTAL);

        replay.ConsumedCapacity.Should().Equal(new ConsumedCapacity(_table, 4) { ReadCapacityUnits = 4 });
    }

    [Theory]
    [InlineData("value")]
    [InlineData("kind")]
    [InlineData("key")]
    [InlineData("condition")]
    [InlineData("one more")]
    [InlineData("order")]
    public async Task Another_request_with_the_token_is_refused(string difference)
    {
        await SendAsync(Act.Update(_table, Key, "ADD N :v", 1), Act.Put(_table, Other));

        var another = () => difference switch
        {
            "value" => SendAsync(Act.Update(_table, Key, "ADD N :v", 2), Act.Put(_table, Other)),
            "kind" => SendAsync(Act.Update(_table, Key, "ADD N :v", 1), Act.Delete(_table, Other)),
            "key" => SendAsync(Act.Update(_table, Key, "ADD N :v", 1), Act.Put(_table, Key.With("Id", "third"))),
            "condition" => SendAsync(
                Act.Update(_table, Key, "ADD N :v", 1, "attribute_exists(Id)"), Act.Put(_table, Other)),
            "order" => SendAsync(Act.Put(_table, Other), Act.Update(_table, Key, "ADD N :v", 1)),
            _ => SendAsync(
                Act.Update(_table, Key, "ADD N :v", 1), Act.Put(_table, Other), Act.Put(_table, Key.With("Id", "third"))),
        };

        await another.Should().ThrowAsync<IdempotentParameterMismatchException>();
        (await CounterAsync()).Should().Be((AttributeValue)1);
    }

    [Fact]
    public async Task Request_works_again_after_ten_minutes()
    {
        await CountAsync();
        await Host.ScalarAsync($"UPDATE extenddb.transaction_tokens SET created_at = now() - interval '601 s' WHERE token = '{_token}'");

        await CountAsync();

        (await CounterAsync()).Should().Be((AttributeValue)2);
    }

    [Fact]
    public async Task Request_does_not_work_again_just_before_ten_minutes()
    {
        await CountAsync();
        await Host.ScalarAsync($"UPDATE extenddb.transaction_tokens SET created_at = now() - interval '590 s' WHERE token = '{_token}'");

        await CountAsync();

        (await CounterAsync()).Should().Be((AttributeValue)1);
    }

    [Fact]
    public async Task Cancelled_transaction_does_not_keep_its_token()
    {
        var request = new TransactWriteItemsRequest([Act.Update(_table, Key, "ADD N :v", 1, "attribute_exists(Id)")])
        {
            ClientRequestToken = _token,
        };
        await Host.Db.Awaiting(db => db.TransactWriteItemsAsync(request)).Should().ThrowAsync<TransactionCanceledException>();
        await Host.PutAsync(_table, Key);

        await Host.Db.TransactWriteItemsAsync(request);

        (await CounterAsync()).Should().Be((AttributeValue)1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public async Task Copies_that_arrive_at_once_do_it_once_and_all_succeed(int copies)
    {
        await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => Task.Run(() => CountAsync())));

        (await CounterAsync()).Should().Be((AttributeValue)1);
    }

    [Fact]
    public async Task Copies_that_arrive_when_the_token_has_just_run_out_do_it_once()
    {
        await CountAsync();
        await Host.ScalarAsync($"UPDATE extenddb.transaction_tokens SET created_at = now() - interval '601 s' WHERE token = '{_token}'");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => CountAsync())));

        (await CounterAsync()).Should().Be((AttributeValue)2);
    }

    [Fact]
    public async Task Copy_that_waits_too_long_for_the_first_is_told_that_it_is_in_progress()
    {
        await using var hasty = await OperationsHost.StartAsync(
            Database.ConnectionString, configure: options => options.LockTimeout = TimeSpan.FromMilliseconds(100));
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().TransactWriteItemsAsync(Request());

        var copy = () => hasty.Db.TransactWriteItemsAsync(Request());

        await copy.Should().ThrowAsync<TransactionInProgressException>();
    }

    [Fact]
    public async Task Copy_that_waits_for_a_first_that_fails_does_it()
    {
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().TransactWriteItemsAsync(Request());
        var copy = CountAsync();
        await LockWaits.UntilAnyAsync(Host.ConnectionString, "the copy waits for the first");

        await transaction.RollbackAsync();
        await copy;

        (await CounterAsync()).Should().Be((AttributeValue)1);
    }

    [Fact]
    public async Task Old_tokens_are_forgotten_a_few_with_each_new_one()
    {
        await Host.ScalarAsync("TRUNCATE extenddb.transaction_tokens");
        await Host.ScalarAsync(
            "INSERT INTO extenddb.transaction_tokens SELECT 'old' || n, '', now() - interval '11 minutes' FROM generate_series(1, 30) n");
        await Host.ScalarAsync(
            "INSERT INTO extenddb.transaction_tokens SELECT 'young' || n, '', now() - interval '9 minutes' FROM generate_series(1, 3) n");

        await CountAsync();
        var afterOne = await Host.CountAsync("transaction_tokens");
        for (var i = 0; i < 20; i++)
        {
            await Host.Db.TransactWriteItemsAsync(Request() with { ClientRequestToken = $"{_token[..20]}{i}" });
        }

        afterOne.Should().BeInRange(33 - 10 + 1, 33 - 2 + 1, "a few go, one comes");
        (await Host.CountAsync("transaction_tokens WHERE token LIKE 'old%'")).Should().Be(0);
        (await Host.CountAsync("transaction_tokens WHERE token LIKE 'young%'")).Should().Be(3);
    }

    private TransactWriteItemsRequest Request() => new([Act.Update(_table, Key, "ADD N :v", 1)]) { ClientRequestToken = _token };

    private Task<TransactWriteItemsResponse> SendAsync(params TransactWriteItem[] actions) =>
        Host.Db.TransactWriteItemsAsync(new(actions) { ClientRequestToken = _token });

    private Task<TransactWriteItemsResponse> CountAsync(ReturnConsumedCapacity asked = ReturnConsumedCapacity.NONE) =>
        Host.Db.TransactWriteItemsAsync(Request() with { ReturnConsumedCapacity = asked });

    private async Task<AttributeValue> CounterAsync() => (await Host.GetAsync(_table, Key))!["N"];
}
