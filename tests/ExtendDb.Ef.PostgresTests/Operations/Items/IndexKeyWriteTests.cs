using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>A value that an index cannot have as its key is refused on every way into an item.</summary>
public class IndexKeyWriteTests(OperationsFixture database) : OperationsTests(database)
{
    private const string Mistyped = "One or more parameter values were invalid: Type mismatch for Index Key K Expected: S Actual: N "
        + "IndexName: Index";

    private const string CopiedMistyped = "The update expression attempted to update the secondary index key to unsupported type";
    private const string EmptyPut = "One or more parameter values are not valid. A value specified for a secondary index key is not "
        + "supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: Index, IndexKey: K";

    private const string EmptyUpdate = "One or more parameter values are not valid. The update expression attempted to update a "
        + "secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty "
        + "string value.";

    // The service's words for one that is too long are not known.
    private const string TooLong = "One or more parameter values were invalid: *";

    private static readonly AttributeMap Key = new() { ["P"] = "p", ["S"] = "s" };

    public static IEnumerable<object[]> Cases =>
        from way in Ways.Keys
        from fault in (string[])["mistyped", "empty", "too long"]
        from kind in (string[])["global hash", "global range", "local range"]
        select new object[] { way, fault, kind };

    private static Dictionary<string, (bool Copies, Func<IExtendDb, string, AttributeValue, Task> Write)> Ways => new()
    {
        ["put"] = (false, (db, t, value) => db.PutItemAsync(new(t, Key.With("K", value)))),
        ["batch"] = (false, (db, t, value) => db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [t] = [WriteRequest.Put(Key.With("S", "other")), WriteRequest.Put(Key.With("K", value))],
        }))),
        ["update"] = (false, (db, t, value) => db.UpdateItemAsync(new(t, Key)
        {
            UpdateExpression = "SET A = :v, K = :v",
            ExpressionAttributeValues = new AttributeMap { [":v"] = value },
        })),
        ["legacy update"] = (false, (db, t, value) => db.UpdateItemAsync(new(t, Key)
        {
            AttributeUpdates = new Dictionary<string, AttributeValueUpdate> { ["K"] = AttributeValueUpdate.Put(value) },
        })),
        ["copy of another attribute"] = (true, async (db, t, value) =>
        {
            await db.PutItemAsync(new(t, Key.With("Src", value)));
            await db.UpdateItemAsync(new(t, Key) { UpdateExpression = "SET K = Src" });
        }
        ),
        ["copy of a member"] = (true, async (db, t, value) =>
        {
            await db.PutItemAsync(new(t, Key.With("Src", new AttributeMap { ["a"] = value })));
            await db.UpdateItemAsync(new(t, Key) { UpdateExpression = "SET K = if_not_exists(K, Src.a)" });
        }
        ),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Value_that_an_index_cannot_have_as_its_key_is_refused(string way, string fault, string kind)
    {
        var table = await TableAsync(kind);
        var (copies, write) = Ways[way];
        var value = fault switch
        {
            "mistyped" => (AttributeValue)1,
            "empty" => "",
            _ => new string('x', kind == "global hash" ? 2049 : 1025),
        };
        var message = (fault, copies, way) switch
        {
            ("mistyped", true, _) => CopiedMistyped,
            ("mistyped", false, _) => Mistyped,
            ("empty", _, "put" or "batch") => EmptyPut,
            ("empty", _, _) => EmptyUpdate,
            _ => TooLong,
        };
        var before = await Host.RowsAsync();

        var refused = () => write(Host.Db, table, value);

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(message);
        (await Host.RowsAsync()).Should().Be(before with { Items = before.Items + (copies ? 1 : 0) });
        (await Host.GetAsync(table, Key))?.Keys.Should().NotContain("K");
    }

    [Theory]
    [InlineData("global hash", 2048)]
    [InlineData("global range", 1024)]
    [InlineData("local range", 1024)]
    public async Task Longest_index_key_is_taken(string kind, int length)
    {
        var table = await TableAsync(kind);

        var put = () => Host.PutAsync(table, Key.With("K", new string('x', length)));

        await put.Should().NotThrowAsync();
    }

    [Fact]
    public async Task First_index_by_name_is_the_one_that_is_named()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S S:S")
            .WithGlobal("Zebra", "K:S").WithLocal("Monkey", "P:S K:S").WithGlobal("Ape", "G:S K:S"));

        var refused = () => Host.PutAsync(table, Key.With("K", 1));

        await refused.Should().ThrowAsync<ValidationException>().WithMessage("*IndexName: Ape");
    }

    // The attribute that the range key of a global index needs beside it is left out: it is checked all the same.
    private Task<string> TableAsync(string kind) => Host.CreateAsync(kind switch
    {
        "global hash" => OperationsTable.Of("P:S S:S").WithGlobal("Index", "K:S"),
        "global range" => OperationsTable.Of("P:S S:S").WithGlobal("Index", "G:S K:S"),
        _ => OperationsTable.Of("P:S S:S").WithLocal("Index", "P:S K:S"),
    });
}
