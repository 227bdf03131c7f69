using ExtendDb.Ef.Model;
using FluentAssertions;

namespace ExtendDb.Ef.CrashTests.Streams;

/// <summary>Keeps, from the stream of the parcels, a copy of each, and counts its changes.</summary>
internal sealed class ParcelCopy : IStreamHandler<ExtendDbContext>
{
    public const string Consumer = "parcel-copy";
    private const string Table = "ParcelCopies";

    public static Task CreateAsync(IExtendDb db) => db.CreateTableAsync(new(
        Table,
        [new("Driver", KeyType.HASH), new("Number", KeyType.RANGE)],
        [new("Driver", AttributeType.N), new("Number", AttributeType.N)]));

    /// <exception cref="ConditionalCheckFailedException">The first record does not begin where the last one before has ended.</exception>
    public async Task HandleAsync(
        IReadOnlyList<StreamRecord> records, ExtendDbContext context, CancellationToken cancellationToken)
    {
        // One write an item, so that the copies follow the writers.
        foreach (var changes in records.GroupBy(record => record.Keys))
        {
            var (first, last) = (changes.First().OldImage, changes.Last().NewImage);
            var values = new AttributeMap { [":changes"] = changes.Count() };
            values = first is null ? values : values.With(":first", new AttributeValue.M(first));
            values = last is null ? values : values.With(":last", new AttributeValue.M(last));
            await context.ExtendDb().UpdateItemAsync(
                new(Table, changes.Key)
                {
                    ConditionExpression = first is null ? "attribute_not_exists(Parcel)" : "Parcel = :first",
                    UpdateExpression = $"ADD Changes :changes {(last is null ? "REMOVE Parcel" : "SET Parcel = :last")}",
                    ExpressionAttributeValues = values,
                },
                cancellationToken);
        }
    }

    /// <summary>Asserts that each copy is as its parcel is, and counts the parcel's records.</summary>
    public static async Task CheckAsync(IExtendDb db, IEnumerable<StreamRecord> records)
    {
        var parcels = await db.ScanItemsAsync(new ScanRequest(Parcels.Table) { ConsistentRead = true })
            .ToDictionaryAsync(Parcels.KeyOf);
        var changes = records.GroupBy(record => record.Keys).ToDictionary(of => of.Key, of => of.Count());
        var copies = await db.ScanItemsAsync(new ScanRequest(Table) { ConsistentRead = true }).ToListAsync();
        copies.Should().HaveCount(changes.Count, "each parcel that was changed has a copy");
        foreach (var copy in copies)
        {
            var key = Parcels.KeyOf(copy);
            copy["Changes"].Should().Be((AttributeValue)changes[key], "each change of {0} was handled once", key);
            (copy.GetValueOrDefault("Parcel") as AttributeValue.M)?.Value
                .Should().Equal(parcels.GetValueOrDefault(key), "the copy of {0} is as the parcel", key);
            copy.ContainsKey("Parcel").Should().Be(parcels.ContainsKey(key));
        }
    }
}
