using System.Globalization;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.CrashTests;

/// <summary>A table of letters, one in a thousand of which the index by town refuses: the database has a trigger on it.</summary>
internal static class Letters
{
    public const string Table = "Letters";
    public const string Town = "by-town";
    public const string SqlState = "23514";
    private const int OneIn = 1_000;
    private const int AtOnce = 25;

    public static async Task CreateAsync(IExtendDb db, DbContext context)
    {
        await db.CreateTableAsync(new(
            Table,
            [new("Id", KeyType.HASH)],
            [new("Id", AttributeType.S), new("Town", AttributeType.S), new("Weight", AttributeType.N)])
        {
            GlobalSecondaryIndexes =
            [
                new(Town, [new("Town", KeyType.HASH)], Projection.All),
                new("by-weight", [new("Weight", KeyType.HASH)], Projection.KeysOnly),
            ],
        });
        await context.Database.ExecuteSqlRawAsync(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION 'no such town' USING ERRCODE = 'check_violation';
            END $$;
            CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON extenddb.index_entries
            FOR EACH ROW WHEN (NEW.document -> 'Town' ->> 'S' = 'nowhere') EXECUTE FUNCTION refuse();
            """);
    }

    public static Task AcceptAllAsync(DbContext context) =>
        context.Database.ExecuteSqlRawAsync("DROP TRIGGER refuse ON extenddb.index_entries");

    public static string Id(int number) => $"letter-{number.ToString(CultureInfo.InvariantCulture)}";

    public static bool IsPoison(int number) => number % OneIn == 7;

    public static Ledger.Place Place(int number) => new(Table, new AttributeMap { ["Id"] = Id(number) });

    public static ItemKey KeyOf(int number) => new(PartitionHash.Of(Id(number)), []);

    public static AttributeMap Letter(int number, bool isPoison) => Place(number).Key
        .With("Town", isPoison ? "nowhere" : $"town-{number % 50}").With("Weight", number % 20);

    /// <summary>Puts letters, some at a time.</summary>
    public static async Task PutAsync(IExtendDb db, Ledger ledger, IEnumerable<int> numbers)
    {
        foreach (var some in numbers.Chunk(AtOnce))
        {
            var letters = some.Select(number => (Place: Place(number), Item: (AttributeMap?)Letter(number, IsPoison(number)))).ToList();
            await ledger.WriteAsync(letters, async () => (await db.BatchWriteItemAsync(new(
                new Dictionary<string, IReadOnlyList<WriteRequest>>
                {
                    [Table] = [.. letters.Select(letter => WriteRequest.Put(letter.Item!))],
                }))).UnprocessedItems.Count == 0);
        }
    }
}
