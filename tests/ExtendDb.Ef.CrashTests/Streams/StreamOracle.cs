using System.Globalization;
using ExtendDb.Ef.Model;
using FluentAssertions;

namespace ExtendDb.Ef.CrashTests.Streams;

/// <summary>What must be true of a stream with both images after every scenario, once nobody writes any more.</summary>
internal static class StreamOracle
{
    /// <summary>
    /// Asserts that a reader has read what the stream holds, each record once and without a gap; that the records are the history of
    /// each item; and that the items they end with are the table.
    /// </summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="table">A table that has had its stream from the beginning.</param>
    /// <param name="reader">What a reader has read to the end.</param>
    /// <returns>The number of records.</returns>
    public static async Task<int> CheckAsync(string connectionString, string table, StreamPlaces reader)
    {
        await using var client = new Client(Sessions.Unpooled(connectionString));
        var db = client.ExtendDb;
        var oldestFirst = await StreamPlaces.OfAsync(db, table);
        await oldestFirst.ReadToEndAsync();
        foreach (var (shard, stored) in oldestFirst.Records)
        {
            var numbers = stored.Select(Number).ToList();
            numbers.Should().Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), "{0} has no gap", shard);
            reader.Records[shard].Select(Number).Should().Equal(numbers, "{0} was read once and to the end", shard);
            reader.Records[shard].SequenceEqual(stored).Should().BeTrue("a number of {0} stays that of its record", shard);
        }

        var records = oldestFirst.Records.Values.SelectMany(stored => stored).ToList();
        records.Select(record => record.EventId).Should().OnlyHaveUniqueItems();
        records.Select(record => (record.Keys, record.ShardId)).Distinct().Select(place => place.Keys)
            .Should().OnlyHaveUniqueItems("all records of an item are in one shard");
        await DemandEqualAsync(db, table, Replay(records));
        return records.Count;
    }

    /// <summary>Does what the records say, each of which must begin where the one before it has ended.</summary>
    private static Dictionary<AttributeMap, AttributeMap> Replay(IEnumerable<StreamRecord> records)
    {
        var items = new Dictionary<AttributeMap, AttributeMap>();
        foreach (var record in records)
        {
            var before = items.GetValueOrDefault(record.Keys);
            Equals(record.OldImage, before).Should().BeTrue("{0} begins with {1}, and there was {2}", record, record.OldImage, before);
            Equals(record.NewImage, before).Should().BeFalse("{0} changes something", record);
            record.EventName.Should().Be(
                before is null ? StreamEventName.INSERT
                : record.NewImage is null ? StreamEventName.REMOVE
                : StreamEventName.MODIFY);
            if (record.NewImage is { } now)
            {
                items[record.Keys] = now;
            }
            else
            {
                items.Remove(record.Keys);
            }
        }

        return items;
    }

    private static async Task DemandEqualAsync(IExtendDb db, string table, Dictionary<AttributeMap, AttributeMap> replayed)
    {
        var stored = new List<AttributeMap>();
        await foreach (var item in db.ScanItemsAsync(new ScanRequest(table) { ConsistentRead = true }))
        {
            stored.Add(item);
        }

        var missing = stored.Where(item => !replayed.ContainsValue(item));
        missing.Should().BeEmpty("each item is as its last record left it");
        replayed.Should().HaveCount(stored.Count, "no item is there that has no record");
    }

    private static long Number(StreamRecord record) => long.Parse(record.SequenceNumber, CultureInfo.InvariantCulture);
}
