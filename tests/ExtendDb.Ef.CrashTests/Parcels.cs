using System.Globalization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.CrashTests;

/// <summary>A table of parcels: each has one driver, who alone changes it, and counts its moves.</summary>
internal static class Parcels
{
    public const string Table = "Parcels";
    private const string Fleet = "all of them";

    /// <summary>Gets the key of the one parcel that no driver has alone; each counts in it.</summary>
    public static AttributeMap SharedKey => Place(0, 0).Key;

    public static Task CreateAsync(IExtendDb db, TimeSpan? delay = null) => db.CreateTableAsync(Definition(delay));

    /// <summary>Creates the table with a stream, and without local indexes, beside which no write would be direct.</summary>
    public static Task CreateStreamedAsync(IExtendDb db) => db.CreateTableAsync(Definition(delay: null) with
    {
        LocalSecondaryIndexes = [],
        StreamSpecification = new(true, StreamViewType.NEW_AND_OLD_IMAGES),
    });

    public static Ledger.Place Place(int driver, int number) =>
        new(Table, new AttributeMap { ["Driver"] = driver, ["Number"] = number });

    /// <summary>Returns the parcel after so many moves; every seventh brings it to no town, which leaves it out of an index.</summary>
    public static AttributeMap After(int driver, int number, long moves)
    {
        var parcel = Place(driver, number).Key.With("Fleet", Fleet).With("Moves", moves);
        return moves % 7 == 0 ? parcel : parcel.With("Town", $"town {moves % 5}");
    }

    /// <summary>Describes the index that holds them all in one partition.</summary>
    public static SampledIndex Sampled(Func<AttributeMap, long> begun) => new(
        new(Table)
        {
            IndexName = "by-fleet",
            KeyConditionExpression = "Fleet = :fleet",
            ExpressionAttributeValues = new AttributeMap { [":fleet"] = Fleet },
        },
        KeyOf,
        "Moves",
        begun);

    public static AttributeMap KeyOf(AttributeMap parcel) =>
        new() { ["Driver"] = parcel["Driver"], ["Number"] = parcel["Number"] };

    public static int Number(AttributeMap parcel) => (int)Integer(parcel["Number"]);

    public static int Driver(AttributeMap parcel) => (int)Integer(parcel["Driver"]);

    public static long Moves(AttributeMap parcel) => Integer(parcel["Moves"]);

    private static CreateTableRequest Definition(TimeSpan? delay) => new(
        Table,
        [new("Driver", KeyType.HASH), new("Number", KeyType.RANGE)],
        [
            new("Driver", AttributeType.N), new("Number", AttributeType.N), new("Fleet", AttributeType.S),
            new("Moves", AttributeType.N), new("Town", AttributeType.S),
        ])
    {
        GlobalSecondaryIndexes =
        [
            new("by-fleet", [new("Fleet", KeyType.HASH), new("Moves", KeyType.RANGE)], Projection.All)
            {
                PropagationDelay = delay,
            },
            new("by-town", [new("Town", KeyType.HASH)], Projection.KeysOnly),
            new("by-moves", [new("Moves", KeyType.HASH), new("Number", KeyType.RANGE)], Projection.Include("Town")),
        ],
        LocalSecondaryIndexes =
        [
            new("by-driver", [new("Driver", KeyType.HASH), new("Moves", KeyType.RANGE)], Projection.All),
        ],
    };

    private static long Integer(AttributeValue value) =>
        long.Parse(((AttributeValue.N)value).Value.ToString(), CultureInfo.InvariantCulture);
}
