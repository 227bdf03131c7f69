using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Streams;

/// <summary>A table with a stream, and its first shard.</summary>
internal sealed class StreamTable
{
    private readonly IExtendDb _db;

    private StreamTable(IExtendDb db, string name, string arn, IReadOnlyList<Shard> shards) =>
        (_db, Name, Arn, Shards) = (db, name, arn, shards);

    public string Name { get; }

    public string Arn { get; }

    public IReadOnlyList<Shard> Shards { get; }

    public static async Task<StreamTable> CreateAsync(
        OperationsHost host, StreamViewType viewType = StreamViewType.NEW_AND_OLD_IMAGES)
    {
        var name = await host.CreateAsync(OperationsTable.Of("Id:S") with { StreamSpecification = new(true, viewType) });
        return await OfAsync(host.Db, name);
    }

    public static async Task<StreamTable> OfAsync(IExtendDb db, string name)
    {
        var arn = (await db.DescribeTableAsync(new(name))).Table.LatestStreamArn!;
        return new(db, name, arn, (await db.DescribeStreamAsync(new(arn))).StreamDescription.Shards);
    }

    public Task PutAsync(string id, int n) => _db.PutItemAsync(new(Name, Item(id, n)));

    public Task DeleteAsync(string id) => _db.DeleteItemAsync(new(Name, new() { ["Id"] = id }));

    public static AttributeMap Item(string id, int n) => new() { ["Id"] = id, ["N"] = n };

    /// <summary>Returns the records that no call has returned before, "INSERT a 1" each.</summary>
    public async Task<List<string>> NextAsync(Dictionary<string, string> iterators)
    {
        var read = new List<string>();
        foreach (var shard in Shards)
        {
            if (!iterators.TryGetValue(shard.ShardId, out var from))
            {
                from = await IteratorAsync(ShardIteratorType.TRIM_HORIZON, shard.ShardId);
            }

            var page = await _db.GetRecordsAsync(new(from));
            iterators[shard.ShardId] = page.NextShardIterator!;
            read.AddRange(page.Records.Select(Line));
        }

        return read;
    }

    public async Task<string> IteratorAsync(ShardIteratorType type, string shard, string? number = null) =>
        (await _db.GetShardIteratorAsync(new(Arn, shard, type) { SequenceNumber = number })).ShardIterator;

    public static string Line(StreamRecord record) =>
        (record.NewImage ?? record.OldImage) is { } image
            ? $"{record.EventName} {((AttributeValue.S)record.Keys["Id"]).Value} {((AttributeValue.N)image["N"]).Value}"
            : $"{record.EventName} {((AttributeValue.S)record.Keys["Id"]).Value}";
}
