using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.CrashTests;

/// <summary>Moves money between accounts of two tables, and notes each transfer beside it in the same transaction.</summary>
internal static class Transfers
{
    public const string Accounts = "Accounts";
    public const string Notes = "Notes";
    public const int Count = 10;
    public const int Start = 100;

    /// <summary>What the process prints when its first transfer is done.</summary>
    public const string Running = "transfers run";

    public static async Task CreateAsync(IExtendDb db)
    {
        await db.CreateTableAsync(new(
            Accounts,
            [new("Bank", KeyType.HASH), new("Number", KeyType.RANGE)],
            [new("Bank", AttributeType.S), new("Number", AttributeType.N), new("Balance", AttributeType.N)])
        {
            GlobalSecondaryIndexes = [new("by-balance", [new("Balance", KeyType.HASH)], Projection.All)],
            LocalSecondaryIndexes =
            [
                new("by-rank", [new("Bank", KeyType.HASH), new("Balance", KeyType.RANGE)], Projection.All),
            ],
        });
        await db.CreateTableAsync(new(
            Notes,
            [new("Id", KeyType.HASH)],
            [new("Id", AttributeType.S), new("From", AttributeType.N)])
        {
            GlobalSecondaryIndexes = [new("by-from", [new("From", KeyType.HASH)], Projection.KeysOnly)],
        });
        for (var number = 0; number < Count; number++)
        {
            await db.PutItemAsync(new(Accounts, Account(number).With("Balance", Start).With("Moves", 0)));
        }
    }

    public static AttributeMap Account(int number) => new() { ["Bank"] = "bank", ["Number"] = number };

    /// <summary>Does one transfer after the other, four at a time, until the process is killed.</summary>
    public static async Task RunForEverAsync(string connectionString, int seed) =>
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() => RunAsync(connectionString, new Random(seed + n)))));

    private static async Task RunAsync(string connectionString, Random random)
    {
        while (true)
        {
            await using var orders = Orders.Open(connectionString);
            var (from, to) = (random.Next(Count), random.Next(Count - 1));
            to += to >= from ? 1 : 0;
            var amount = random.Next(1, 20);
            await orders.ExtendDb.TransactWriteItemsAsync(new(
            [
                Move(from, -amount),
                new() { Put = new(Notes, new() { ["Id"] = $"{Guid.NewGuid()}", ["From"] = from, ["To"] = to, ["Amount"] = amount }) },
                Move(to, amount),
            ])
            {
                ClientRequestToken = $"{Guid.NewGuid()}",
            });
            Console.WriteLine(Running);
        }
    }

    private static TransactWriteItem Move(int number, int amount) => new()
    {
        Update = new(Accounts, Account(number), "ADD Balance :amount, Moves :one")
        {
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":amount"] = amount, [":one"] = 1 },
        },
    };
}
