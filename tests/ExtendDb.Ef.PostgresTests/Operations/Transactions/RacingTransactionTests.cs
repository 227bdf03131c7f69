using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.PostgresTests.Operations.Transactions;

/// <summary>Many transactions over the same items at once, each in an order of its own.</summary>
public class RacingTransactionTests(OperationsFixture database, ITestOutputHelper output) : OperationsTests(database)
{
    private const int Transactions = 50;
    private const int Accounts = 8;

    [Fact]
    public async Task Racing_transfers_over_overlapping_accounts_all_succeed_and_keep_the_sum()
    {
        var random = SeededRandom.Printed(output);
        var bank = await Host.DefineAsync(
            OperationsTable.Of("Bank:S Account:S").WithGlobal("ByBalance", "Balance:N").WithLocal("ByB", "Bank:S Balance:N"));
        for (var i = 0; i < Accounts; i++)
        {
            await Host.PutAsync(bank.Name, Account(i).With("Balance", 1_000));
        }

        var transfers = Enumerable.Range(0, Transactions).Select(_ => Transfer(random, bank.Name)).ToList();
        var done = Task.WhenAll(transfers.Select(actions => Task.Run(() => Host.Db.TransactAsync(actions))));
        var sums = new List<decimal>();
        while (!done.IsCompleted)
        {
            sums.Add(await SumAsync(bank.Name));
        }

        await done;
        await Host.DrainAsync();

        sums.Append(await SumAsync(bank.Name)).Should().OnlyContain(sum => sum == Accounts * 1_000);
        (await IndexVerification.RunAsync(Host.Database(), bank, default)).Sum(i => i.Divergent + i.Waiting).Should().Be(0);
        (await DeadlocksAsync()).Should().Be(0L);
    }

    [Fact]
    public async Task Racing_first_puts_and_deletes_of_the_same_items_never_wait_for_each_other()
    {
        var random = SeededRandom.Printed(output);
        var table = await Host.DefineAsync(OperationsTable.Of("Bank:S Account:S").WithLocal("ByB", "Bank:S Balance:N"));
        var transactions = Enumerable.Range(0, Transactions)
            .Select(n => Shuffled(random).Take(5).Select(i => random.Next(4) == 0
                ? Act.Delete(table.Name, Account(i))
                : Act.Put(table.Name, Account(i).With("Balance", n))).ToArray())
            .ToList();

        await Task.WhenAll(transactions.Select(actions => Task.Run(() => Host.Db.TransactAsync(actions))));

        (await DeadlocksAsync()).Should().Be(0L);
        (await IndexVerification.RunAsync(Host.Database(), table, default)).Sum(i => i.Divergent).Should().Be(0);
    }

    [Fact]
    public async Task Racing_counters_lose_no_change()
    {
        var random = SeededRandom.Printed(output);
        var table = await Host.CreateAsync(OperationsTable.Of("Bank:S Account:S"));
        var transactions = Enumerable.Range(0, Transactions).Select(_ => Shuffled(random).ToList()).ToList();

        await Task.WhenAll(transactions.Select(order => Task.Run(() => Host.Db.TransactAsync(
            [.. order.Select(i => Act.Update(table, Account(i), "ADD N :v", 1))]))));

        (await Host.Db.ScanAsync(new(table))).Items.Select(item => item["N"])
            .Should().Equal(Enumerable.Repeat((AttributeValue)Transactions, Accounts));
    }

    // Sort keys of different lengths, so that their order by bytes is not the one by length.
    private static AttributeMap Account(int i) => new() { ["Bank"] = "b", ["Account"] = new string((char)('h' - i), i + 1) };

    private static TransactWriteItem[] Transfer(Random random, string bank)
    {
        var accounts = Shuffled(random).Take(random.Next(2, 5)).ToList();
        var amount = random.Next(1, 50);
        return
        [
            .. accounts.Skip(1).Select(to => Act.Update(bank, Account(to), "SET Balance = Balance + :v", amount)),
            Act.Update(bank, Account(accounts[0]), "SET Balance = Balance - :v", amount * (accounts.Count - 1)),
        ];
    }

    private static int[] Shuffled(Random random)
    {
        var order = Enumerable.Range(0, Accounts).ToArray();
        random.Shuffle(order);
        return order;
    }

    private async Task<decimal> SumAsync(string bank) => (await Host.Db.TransactGetItemsAsync(
            new([.. Enumerable.Range(0, Accounts).Select(i => Act.Get(bank, Account(i)))]))).Responses
        .Sum(response => decimal.Parse(
            ((AttributeValue.N)response.Item!["Balance"]).Value.ToString(), System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Counts the deadlocks that the server broke: the losers try again, so nothing else tells of them.</summary>
    private async Task<object?> DeadlocksAsync()
    {
        // What a session counted is published when it ends.
        var name = new NpgsqlConnectionStringBuilder(Host.ConnectionString).ApplicationName;
        await Host.CloseIdleConnectionsAsync();
        await using var other = await OperationsHost.StartAsync(Database.ConnectionString);
        await Waiting.UntilAsync(
            async () => await other.ScalarAsync(
                $"SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = '{name}')") is true,
            "the writers' sessions end");
        return await other.ScalarAsync("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
    }
}
