using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Operations.Transactions;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>Every operation in every kind of transaction that its caller can be in.</summary>
public class EveryTransactionTests(OperationsFixture database) : OperationsTests(database)
{
    private static TableDefinition? _shared;

    private readonly AttributeMap _key = new() { ["P"] = $"{Guid.NewGuid()}", ["S"] = "s" };
    private TableDefinition _table = null!;

    private delegate Task Write(IExtendDb db, string table, AttributeMap key);

    private delegate Task<AttributeMap?> Read(IExtendDb db, string table, AttributeMap key);

    private delegate Task Define(IExtendDb db, string table);

    public static TheoryData<string, string, string> WritesInSome => Each(Writes.Keys, Caller.InSome);

    public static TheoryData<string, string, string> WritesOnTheirOwn => Each(Writes.Keys, Caller.OnItsOwn);

    public static TheoryData<string, string, string> ReadsInAll => Each(Reads.Keys, [.. Caller.InSome, .. Caller.OnItsOwn]);

    public static TheoryData<string, string, string> LookUpsInAll =>
        Each(LookUps.Keys, [.. Caller.InSome, .. Caller.OnItsOwn]);

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (kind, connection) in Caller.InSome.Concat(Caller.OnItsOwn))
            {
                all.Add(kind, connection);
            }

            return all;
        }
    }

    private static Dictionary<string, Write> Writes => new()
    {
        ["put"] = (db, table, key) => db.PutItemAsync(new(table, Changed(key))),
        ["put of an absent item"] = async (db, table, key) =>
        {
            await db.DeleteItemAsync(new(table, key));
            await db.PutItemAsync(new(table, Changed(key)));
        },
        ["conditional put"] = (db, table, key) => db.PutItemAsync(new(table, Changed(key))
        {
            ConditionExpression = "attribute_exists(P)",
        }),
        ["update"] = (db, table, key) => db.UpdateItemAsync(new(table, key)
        {
            UpdateExpression = "SET G = :g",
            ExpressionAttributeValues = new AttributeMap { [":g"] = "changed" },
        }),
        ["delete"] = (db, table, key) => db.DeleteItemAsync(new(table, key)),
        ["batch write"] = (db, table, key) => db.BatchWriteItemAsync(new(
            new Dictionary<string, IReadOnlyList<WriteRequest>>
            {
                [table] = [WriteRequest.Put(Changed(key)), WriteRequest.Delete(Absent(key))],
            })),
        ["transaction with a token"] = (db, table, key) => db.TransactWriteItemsAsync(
            new([Act.Update(table, key, "SET G = :v", "changed")]) { ClientRequestToken = Token(key) }),
        ["transaction with a check of absence"] = (db, table, key) => db.TransactAsync(
            Act.Update(table, key, "SET G = :v", "changed"), Act.Check(table, Absent(key), "attribute_not_exists(P)")),
        ["transaction with a delete of an absent item"] = (db, table, key) => db.TransactAsync(
            Act.Update(table, key, "SET G = :v", "changed"), Act.Delete(table, Absent(key))),
    };

    private static Dictionary<string, Read> Reads => new()
    {
        ["get"] = async (db, table, key) => (await db.GetItemAsync(new(table, key))).Item,
        ["batch get"] = async (db, table, key) => (await db.BatchGetItemAsync(new(
            new Dictionary<string, KeysAndAttributes> { [table] = new([key]) }))).Responses[table].Single(),
        ["query"] = async (db, table, key) => (await db.QueryAsync(
            OperationsQuery.Of(table, ("P", Condition.EqualTo(key["P"]))))).Items.Single(),
        ["query of a local index"] = async (db, table, key) => (await db.QueryAsync(
            OperationsQuery.OfIndex(table, "Local", ("P", Condition.EqualTo(key["P"]))))).Items.Single(),
        ["scan"] = async (db, table, key) => (await db.ScanAsync(new(table)))
            .Items.Single(item => item["P"].Equals(key["P"])),
        ["transaction that reads"] = async (db, table, key) =>
            (await db.TransactGetItemsAsync(new([Act.Get(table, key)]))).Responses.Single().Item,
    };

    private static Dictionary<string, Define> LookUps => new()
    {
        ["FindTable"] = async (db, table) => (await db.GetTableDefinitionAsync(table)).Name.Should().Be(table),
        ["DescribeTable"] = async (db, table) => (await db.DescribeTableAsync(new(table))).Table.TableName.Should().Be(table),
        ["ListTables"] = async (db, table) => (await db.ListTablesAsync(new())).TableNames.Should().Contain(table),
    };

    [Theory]
    [MemberData(nameof(WritesInSome))]
    public async Task Committed_transaction_shows_the_write_and_leaves_its_marker(string write, string kind, string connection)
    {
        var markers = await MarkersAsync();
        using var caller = Caller.Begin(Host.ConnectionString, kind, connection);

        await Writes[write](caller.Db, _table.Name, _key);
        caller.Commit();

        (await Host.GetAsync(_table.Name, _key)).Should().BeEquivalentTo(Expected(write));
        (await MarkersAsync()).Should().BeGreaterThan(markers);
    }

    [Theory]
    [MemberData(nameof(WritesInSome))]
    public async Task Rolled_back_transaction_leaves_nothing_of_the_write(string write, string kind, string connection)
    {
        var rows = await Host.RowsAsync();
        var tokens = await Host.CountAsync("transaction_tokens");
        using var caller = Caller.Begin(Host.ConnectionString, kind, connection);

        await Writes[write](caller.Db, _table.Name, _key);
        caller.RollBack();

        (await Host.GetAsync(_table.Name, _key)).Should().Equal(Stored());
        (await Host.RowsAsync()).Should().Be(rows);
        (await Host.CountAsync("transaction_tokens")).Should().Be(tokens);
    }

    [Theory]
    [MemberData(nameof(WritesOnTheirOwn))]
    public async Task Write_whose_caller_has_no_transaction_commits_by_itself(string write, string kind, string connection)
    {
        var markers = await MarkersAsync();
        using var caller = Caller.Begin(Host.ConnectionString, kind, connection);

        await Writes[write](caller.Db, _table.Name, _key);
        caller.RollBack();

        (await Host.GetAsync(_table.Name, _key)).Should().BeEquivalentTo(Expected(write));
        (await MarkersAsync()).Should().BeGreaterThan(markers);
    }

    [Theory]
    [MemberData(nameof(ReadsInAll))]
    public async Task Read_sees_what_its_caller_has_written(string read, string kind, string connection)
    {
        using var caller = Caller.Begin(Host.ConnectionString, kind, connection);
        await caller.Db.PutItemAsync(new(_table.Name, Changed(_key)));

        var item = await Reads[read](caller.Db, _table.Name, _key);

        item.Should().BeEquivalentTo(Changed(_key));
    }

    [Theory]
    [MemberData(nameof(LookUpsInAll))]
    public async Task Look_up_of_a_table_works(string lookUp, string kind, string connection)
    {
        using var caller = Caller.Begin(Host.ConnectionString, kind, connection);

        var lookedUp = () => LookUps[lookUp](caller.Db, _table.Name);

        await lookedUp.Should().NotThrowAsync();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Created_table_stays_when_its_caller_rolls_back(string kind, string connection)
    {
        using var caller = Caller.Begin(Host.ConnectionString, kind, connection);

        var created = (await caller.Db.CreateTableAsync(OperationsTable.Of("P:S"))).TableDescription;
        caller.RollBack();

        (await Host.Db.DescribeTableAsync(new(created.TableName))).Table.TableName.Should().Be(created.TableName);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Time_to_live_stays_when_its_caller_rolls_back(string kind, string connection)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S"));
        using var caller = Caller.Begin(Host.ConnectionString, kind, connection);

        await caller.Db.UpdateTimeToLiveAsync(new(table, new("Until", true)));
        caller.RollBack();

        (await Host.Db.DescribeTimeToLiveAsync(new(table))).TimeToLiveDescription.AttributeName.Should().Be("Until");
    }

    public override async Task InitializeAsync()
    {
        _shared ??= await Host.DefineAsync(OperationsTable.Of("P:S S:S")
            .WithGlobal("Global", "G:S", delayMs: 3_600_000).WithLocal("Local", "P:S G:S"));
        _table = _shared;
        await Host.PutAsync(_table.Name, Stored());
    }

    private static TheoryData<string, string, string> Each(
        IEnumerable<string> operations, IReadOnlyList<(string Kind, string Connection)> callers)
    {
        var each = new TheoryData<string, string, string>();
        foreach (var operation in operations)
        {
            foreach (var (kind, connection) in callers)
            {
                each.Add(operation, kind, connection);
            }
        }

        return each;
    }

    private static AttributeMap Changed(AttributeMap key) => key.With("G", "changed");

    private static AttributeMap Absent(AttributeMap key) => key.With("S", "absent");

    private static string Token(AttributeMap key) => ((AttributeValue.S)key["P"]).Value;

    private AttributeMap Stored() => _key.With("G", "stored");

    private AttributeMap? Expected(string write) => write == "delete" ? null : Changed(_key);

    private async Task<int> MarkersAsync()
    {
        var hash = Item.Create(_table, Stored()).PartitionHash;
        await using var context = Host.CreateContext();
        return await context.GsiPending.CountAsync(marker => marker.TableId == _table.Id && marker.PartitionHash == hash);
    }
}
