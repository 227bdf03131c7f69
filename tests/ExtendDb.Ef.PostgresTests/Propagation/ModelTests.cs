using System.Globalization;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>Random steps on few keys, beside a dictionary that says what must come out.</summary>
/// <remarks>EXTENDDB_MODEL_STEPS says how many steps.</remarks>
public class ModelTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    private const string Table = "Model";
    private const int StepsInPhase = 300;
    private const int Ranges = 4;
    private static readonly string[] Partitions = ["p", "q", "r"];
    private static readonly AttributeValue[] Texts = ["a", "b", "ab", "\u00e4", "a\0"];
    private static readonly AttributeValue[] Numbers = [0, -1, 1, 10, 9, -10, 0.5m, DynamoNumber.Parse("1e100")];
    private static readonly AttributeValue[] Bytes = [new byte[] { 0 }, new byte[] { 255 }, new byte[] { 255, 0 }];

    private static readonly ModelIndex[] Indexes =
    [
        new("TextNumber", "T", "N", null, Texts),
        new("NumberKeys", "N", null, [], Numbers),
        new("BytesText", "B", "T", ["X", "Y"], Bytes),
        new("NumberBytes", "N", "B", null, Numbers),
        new("TextPartition", "T", "P", ["X"], Texts),
        new("Local", "P", "N", ["Y"], [.. Partitions.Select(p => (AttributeValue)p)]),
    ];

    private int _steps;

    // Beside a local index no write is a single statement, and no batch is written directly.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Table_and_every_index_show_what_the_model_says_after_random_steps_and_restarts(bool withLocal)
    {
        var random = SeededRandom.Printed(output);
        var steps = TestVariable.Number("EXTENDDB_MODEL_STEPS", otherwise: 3_000);
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var writers = await PropagationHost.StartWithoutWorkerAsync(connectionString);
        var indexes = withLocal ? Indexes : Indexes[..^1];
        var several = MultiAttributeIndex.Random(random, "TNBXY");
        output.WriteLine($"with {string.Join(", ", several.Select(index => index.ToString()))}");
        await CreateTableAsync(writers, withLocal, several);
        var models = Partitions.Select(_ => new Dictionary<int, AttributeMap>()).ToArray();

        for (var done = 0; done < steps; done += StepsInPhase)
        {
            var worker = await PropagationHost.StartAsync(connectionString);
            var seeds = Partitions.Select(_ => random.Next()).ToArray();
            _steps = 0;
            var writing = Task.WhenAll(Partitions.Select((partition, i) => Task.Run(() =>
                WriteAsync(writers, partition, models[i], new Random(seeds[i]), StepsInPhase / Partitions.Length))));
            var stopAfter = random.Next(StepsInPhase / 2);
            await Waiting.UntilAsync(
                () => writing.IsCompleted || Volatile.Read(ref _steps) >= stopAfter, $"{stopAfter} steps are taken");
            await worker.DisposeAsync();
            await writing;

            await using var next = await PropagationHost.StartAsync(connectionString);
            await Oracle.DrainedAndExactAsync(writers, $"with seed {random.Seed} after {done} steps");
            List<AttributeMap> items = [.. models.SelectMany(m => m.Values)];
            await CompareAsync(writers, indexes, items, $"with seed {random.Seed} after {done} steps");
            foreach (var index in several)
            {
                await index.CompareAsync(writers.Db, Table, items, random, $"with seed {random.Seed} after {done} steps");
            }
        }
    }

    private async Task WriteAsync(
        PropagationHost host, string partition, Dictionary<int, AttributeMap> model, Random random, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            if (random.Next(8) == 0)
            {
                step += await WriteInTransactionAsync(host, partition, model, random);
            }
            else
            {
                await StepAsync(host.Db, partition, model, random);
            }
        }
    }

    /// <summary>Takes some steps in one transaction, and rolls it back now and then.</summary>
    private async Task<int> WriteInTransactionAsync(
        PropagationHost host, string partition, Dictionary<int, AttributeMap> model, Random random)
    {
        var before = model.ToDictionary();
        await using var context = host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        var steps = random.Next(1, 5);
        for (var i = 0; i < steps; i++)
        {
            await StepAsync(context.ExtendDb(), partition, model, random);
        }

        if (random.Next(3) > 0)
        {
            await transaction.CommitAsync();
            return steps;
        }

        await transaction.RollbackAsync();
        model.Clear();
        foreach (var (range, item) in before)
        {
            model.Add(range, item);
        }

        return steps;
    }

    private async Task StepAsync(IExtendDb db, string partition, Dictionary<int, AttributeMap> model, Random random)
    {
        Interlocked.Increment(ref _steps);
        var range = random.Next(Ranges);
        var key = Key(partition, range);
        switch (random.Next(6))
        {
            case 0 or 1:
                var item = new AttributeMap([.. key, .. RandomAttributes(random)]);
                await db.PutItemAsync(new(Table, item));
                model[range] = item;
                break;
            case 2 or 3:
                var put = RandomAttributes(random);
                var removed = new[] { "T", "N", "B", "X", "Y" }.Where(name => !put.ContainsKey(name) && random.Next(4) == 0).ToList();
                var updates = put.ToDictionary(a => a.Key, a => AttributeValueUpdate.Put(a.Value));
                removed.ForEach(name => updates.Add(name, AttributeValueUpdate.Delete));
                await db.UpdateItemAsync(new(Table, key) { AttributeUpdates = updates });
                if (model.TryGetValue(range, out var old) || put.Count > 0 || removed.Count == 0)
                {
                    model[range] = new([.. (old ?? key).Where(a => !updates.ContainsKey(a.Key)), .. put]);
                }

                break;
            case 4:
                await BatchAsync(db, partition, model, random);
                break;
            default:
                await db.DeleteItemAsync(new(Table, key));
                model.Remove(range);
                break;
        }
    }

    private static async Task BatchAsync(IExtendDb db, string partition, Dictionary<int, AttributeMap> model, Random random)
    {
        var writes = new List<WriteRequest>();
        for (var range = random.Next(Ranges); range < Ranges; range++)
        {
            var key = Key(partition, range);
            if (random.Next(2) == 0)
            {
                writes.Add(WriteRequest.Delete(key));
                model.Remove(range);
            }
            else
            {
                model[range] = new([.. key, .. RandomAttributes(random)]);
                writes.Add(WriteRequest.Put(model[range]));
            }
        }

        var response = await db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>> { [Table] = writes }));
        response.UnprocessedItems.Should().BeEmpty();
    }

    private static AttributeMap Key(string partition, int range) => new() { ["P"] = partition, ["R"] = range };

    private static Dictionary<string, AttributeValue> RandomAttributes(Random random)
    {
        var attributes = new Dictionary<string, AttributeValue>();
        foreach (var (name, values) in new[] { ("T", Texts), ("N", Numbers), ("B", Bytes), ("X", Numbers), ("Y", Texts) })
        {
            if (random.Next(2) == 0)
            {
                attributes.Add(name, values[random.Next(values.Length)]);
            }
        }

        return attributes;
    }

    private static async Task CompareAsync(
        PropagationHost host, ModelIndex[] indexes, List<AttributeMap> model, string because)
    {
        var scanned = await host.Db.ScanAsync(new ScanRequest(Table));
        scanned.Items.Should().BeEquivalentTo(model, Exactly, because);
        foreach (var index in indexes)
        {
            foreach (var hash in index.HashValues)
            {
                var found = await host.QueryAsync(Table, index.Name, index.Hash, hash);
                found.Should().BeEquivalentTo(
                    model.Where(item => index.Holds(item, hash)).Select(index.Project),
                    Exactly,
                    "{0} of {1} {2}", hash, index.Name, because);
                if (index.Range is not null)
                {
                    found.Select(item => item[index.Range]).Should().BeInAscendingOrder(KeyOrder, because);
                }
            }
        }
    }

    private static FluentAssertions.Equivalency.EquivalencyAssertionOptions<AttributeMap> Exactly(
        FluentAssertions.Equivalency.EquivalencyAssertionOptions<AttributeMap> options) =>
        options.ComparingByValue<AttributeMap>();

    private static Comparer<AttributeValue> KeyOrder { get; } = Comparer<AttributeValue>.Create((x, y) => (x, y) switch
    {
        (AttributeValue.S a, AttributeValue.S b) => string.CompareOrdinal(a.Value, b.Value),
        (AttributeValue.N a, AttributeValue.N b) => Parse(a).CompareTo(Parse(b)),
        (AttributeValue.B a, AttributeValue.B b) => a.Value.Span.SequenceCompareTo(b.Value.Span),
        _ => throw new InvalidOperationException("A sort key of another type than its index."),
    });

    private static double Parse(AttributeValue.N number) =>
        double.Parse(number.Value.ToString(), CultureInfo.InvariantCulture);

    private static Task<CreateTableResponse> CreateTableAsync(
        PropagationHost host, bool withLocal, IReadOnlyList<MultiAttributeIndex> several) => host.Db.CreateTableAsync(
        new CreateTableRequest(
            Table,
            [new("P", KeyType.HASH), new("R", KeyType.RANGE)],
            [
                new("P", AttributeType.S), new("R", AttributeType.N), new("T", AttributeType.S), new("N", AttributeType.N),
                new("B", AttributeType.B),
                .. several.SelectMany(index => index.KeySchema).Select(e => e.AttributeName).Intersect(["X", "Y"])
                    .Select(name => new AttributeDefinition(name, name == "X" ? AttributeType.N : AttributeType.S)),
            ])
        {
            GlobalSecondaryIndexes =
            [
                .. Indexes[..^1].Select((index, i) => new GlobalSecondaryIndex(index.Name, index.KeySchema, index.Projection)
                {
                    PropagationDelay = new[] { Tables.NoDelay, Tables.Short, default(TimeSpan?), TimeSpan.FromMilliseconds(70), Tables.NoDelay }[i],
                }),
                .. several.Select(index => new GlobalSecondaryIndex(index.Name, index.KeySchema, Projection.KeysOnly)),
            ],
            LocalSecondaryIndexes = withLocal ? [new(Indexes[^1].Name, Indexes[^1].KeySchema, Indexes[^1].Projection)] : [],
        });

    /// <summary>What an index must hold, worked out apart from the product.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Hash">Its partition key.</param>
    /// <param name="Range">Its sort key, if any.</param>
    /// <param name="Included">Attributes beside the keys; null for all, none for KEYS_ONLY.</param>
    /// <param name="HashValues">All values of the partition key.</param>
    private sealed record ModelIndex(
        string Name, string Hash, string? Range, string[]? Included, AttributeValue[] HashValues)
    {
        public Projection Projection => Included switch
        {
            null => Projection.All,
            [] => Projection.KeysOnly,
            _ => Projection.Include(Included),
        };

        public KeySchemaElement[] KeySchema => Range is null
            ? [new(Hash, KeyType.HASH)]
            : [new(Hash, KeyType.HASH), new(Range, KeyType.RANGE)];

        public bool Holds(AttributeMap item, AttributeValue hash) =>
            item.TryGetValue(Hash, out var value) && value.Equals(hash) && (Range is null || item.ContainsKey(Range));

        public AttributeMap Project(AttributeMap item) => Included is null
            ? item
            : new(item.Where(a => a.Key is "P" or "R" || a.Key == Hash || a.Key == Range || Included.Contains(a.Key)));
    }
}
