using ExtendDb.Ef.Model;
using FluentAssertions;

namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>What an index with several key attributes must hold and answer, worked out apart from the product.</summary>
internal sealed record MultiAttributeIndex(string Name, IReadOnlyList<string> Hashes, IReadOnlyList<string> Ranges)
{
    public IReadOnlyList<KeySchemaElement> KeySchema =>
    [
        .. Hashes.Select(name => new KeySchemaElement(name, KeyType.HASH)),
        .. Ranges.Select(name => new KeySchemaElement(name, KeyType.RANGE)),
    ];

    /// <summary>Makes three indexes whose keys are other attributes in another order each.</summary>
    public static IReadOnlyList<MultiAttributeIndex> Random(SeededRandom random, string attributes) =>
    [
        .. new[] { (2, 2), (1, 3), (2, 0) }.Select((counts, i) =>
        {
            var names = attributes.OrderBy(_ => random.Next()).Select(name => name.ToString()).ToList();
            return new MultiAttributeIndex(
                $"Several{i}", names[..counts.Item1], names[counts.Item1..(counts.Item1 + counts.Item2)]);
        }),
    ];

    /// <summary>Compares the whole index, and random queries of it in pages of both directions, with the items.</summary>
    public async Task CompareAsync(
        IExtendDb db, string table, IReadOnlyList<AttributeMap> items, SeededRandom random, string because)
    {
        var held = items.Where(item => Hashes.Concat(Ranges).All(item.ContainsKey)).ToList();
        var scanned = await db.ScanAsync(new ScanRequest(table) { IndexName = Name });
        scanned.Items.Should().BeEquivalentTo(held.Select(Project), o => o.ComparingByValue<AttributeMap>(), because);
        foreach (var pattern in held.OrderBy(_ => random.Next()).Take(3))
        {
            var given = random.Next(Ranges.Count + 1);
            var names = Hashes.Concat(Ranges.Take(given)).ToList();
            var (comparison, last) = given == 0 ? ("=", null) : (random.OneOf("=", "<", "<=", ">", ">="), Ranges[given - 1]);
            var expected = held.Where(item => names.All(name => name == last
                ? Fulfils(Compare(item[name], pattern[name]), comparison)
                : item[name].Equals(pattern[name])));
            var found = await PagesAsync(db, new QueryRequest(table)
            {
                IndexName = Name,
                KeyConditionExpression = string.Join(" AND ", names.Select(name => $"{name} {(name == last ? comparison : "=")} :{name}")),
                ExpressionAttributeValues = new AttributeMap(names.Select(name => KeyValuePair.Create(":" + name, pattern[name]))),
                Limit = random.Next(1, 4),
                ScanIndexForward = random.Next(2) == 0,
            });
            found.Should().BeEquivalentTo(
                expected.Select(Project), o => o.ComparingByValue<AttributeMap>(), $"{Name} by {string.Join(' ', names)} {comparison} {because}");
        }
    }

    public override string ToString() => $"{Name} ({string.Join(' ', Hashes)} | {string.Join(' ', Ranges)})";

    private async Task<List<AttributeMap>> PagesAsync(IExtendDb db, QueryRequest query)
    {
        var found = new List<AttributeMap>();
        await foreach (var item in db.QueryItemsAsync(query))
        {
            found.Add(item);
        }

        for (var i = 1; i < found.Count; i++)
        {
            var order = Ranges.Select(name => Compare(found[i - 1][name], found[i][name])).FirstOrDefault(order => order != 0);
            (query.ScanIndexForward == false ? -order : order).Should().BeLessThanOrEqualTo(0, "{0} sorts its entries", Name);
        }

        return found;
    }

    private AttributeMap Project(AttributeMap item) =>
        new(item.Where(a => a.Key is "P" or "R" || Hashes.Contains(a.Key) || Ranges.Contains(a.Key)));

    private static bool Fulfils(int order, string comparison) => comparison switch
    {
        "=" => order == 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private static int Compare(AttributeValue left, AttributeValue right) => (left, right) switch
    {
        (AttributeValue.S l, AttributeValue.S r) => string.CompareOrdinal(l.Value, r.Value),
        (AttributeValue.N l, AttributeValue.N r) => l.Value.CompareTo(r.Value),
        (AttributeValue.B l, AttributeValue.B r) => l.Value.Span.SequenceCompareTo(r.Value.Span),
        _ => throw new InvalidOperationException("Key values of two types."),
    };
}
