using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>Tables of items {Id, Group, Seq, …} with an index by Group for each delay.</summary>
internal static class Tables
{
    public static readonly TimeSpan NoDelay = TimeSpan.Zero;
    public static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);

    /// <summary>Creates a table with the indexes ByGroup0, ByGroup1 and so on: hash Group, range Seq, all attributes.</summary>
    public static async Task<TableDefinition> CreateAsync(PropagationHost host, string name, params TimeSpan[] delays)
    {
        await host.Db.CreateTableAsync(new CreateTableRequest(
            name,
            [new("Id", KeyType.HASH)],
            [new("Id", AttributeType.S), new("Group", AttributeType.S), new("Seq", AttributeType.N)])
        {
            GlobalSecondaryIndexes =
            [
                .. delays.Select((delay, i) => new GlobalSecondaryIndex(
                    $"ByGroup{i}",
                    [new("Group", KeyType.HASH), new("Seq", KeyType.RANGE)],
                    Projection.All) { PropagationDelay = delay }),
            ],
        });
        return await host.Db.GetTableDefinitionAsync(name);
    }

    public static AttributeMap Item(string id, int seq, string group = "all") =>
        new() { ["Id"] = id, ["Group"] = group, ["Seq"] = seq };

    public static ItemKey KeyOf(string id) => new(PartitionHash.Of(id), []);

    public static short SlotOf(string id) => KeyOf(id).Slot;

    /// <summary>Returns other ids than one given, all of its slot, or all of other slots.</summary>
    public static IEnumerable<string> Ids(short slot, bool same) =>
        Enumerable.Range(0, int.MaxValue).Select(i => $"id-{i}").Where(id => SlotOf(id) == slot == same);

    public static int Seq(this AttributeMap item) =>
        int.Parse(((AttributeValue.N)item["Seq"]).Value.ToString(), System.Globalization.CultureInfo.InvariantCulture);

    public static string Id(this AttributeMap item) => ((AttributeValue.S)item["Id"]).Value;
}
