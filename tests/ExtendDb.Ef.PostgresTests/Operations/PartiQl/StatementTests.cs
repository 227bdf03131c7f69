using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Operations.PartiQl;

/// <summary>A table of few items with indexes, which statements name as T, and one of a partition key alone, S.</summary>
public abstract class StatementTests(OperationsFixture database) : OperationsTests(database)
{
    protected static readonly AttributeMap First = new()
    {
        ["p"] = "a",
        ["s"] = 1,
        ["n"] = 10,
        ["str"] = "hello",
        ["t"] = true,
        ["nul"] = new AttributeValue.NULL(),
        ["g"] = "G",
        ["l"] = "L1",
        ["m"] = new AttributeMap { ["x"] = 1, ["y"] = new AttributeMap { ["z"] = "deep" }, ["li"] = new AttributeValue.L(7, "t") },
        ["li"] = new AttributeValue.L(1, "two", new AttributeValue.M(new() { ["k"] = "v" })),
        ["ss"] = new AttributeValue.SS("a", "b"),
        ["ns"] = new AttributeValue.NS(DynamoNumber.Parse("1"), DynamoNumber.Parse("2")),
        ["bin"] = new byte[] { 1, 2, 3 },
    };

    protected static readonly AttributeMap Second = new() { ["p"] = "a", ["s"] = 2, ["n"] = 20, ["str"] = "world", ["g"] = "G", ["l"] = "L2" };
    protected static readonly AttributeMap Third = new() { ["p"] = "a", ["s"] = 3, ["n"] = 30 };
    protected static readonly AttributeMap Other = new() { ["p"] = "b", ["s"] = 1, ["n"] = 40, ["g"] = "H" };

    protected string Table { get; private set; } = null!;

    protected string Simple { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        Table = await Host.CreateAsync(OperationsTable.Of("p:S s:N")
            .WithGlobal("global", "g:S s:N").WithGlobal("keys", "g:S", Projection.KeysOnly).WithGlobal("several", "g:S l:S | n:N")
            .WithLocal("local", "p:S l:S", Projection.KeysOnly));
        Simple = await Host.CreateAsync(OperationsTable.Of("id:S"));
        foreach (var item in new[] { First, Second, Third, Other })
        {
            await Host.PutAsync(Table, item);
        }

        await Host.PutAsync(Simple, new() { ["id"] = "x", ["v"] = 1 });
    }

    /// <summary>Puts the names of the tables into a statement.</summary>
    protected string Named(string statement) => statement
        .Replace("\"T\"", $"\"{Table}\"", StringComparison.Ordinal)
        .Replace("\"S\"", $"\"{Simple}\"", StringComparison.Ordinal);

    protected Task<ExecuteStatementResponse> ExecuteAsync(string statement, params AttributeValue[] parameters) =>
        Host.Db.ExecuteStatementAsync(new(Named(statement)) { Parameters = parameters.Length == 0 ? null : parameters });

    /// <summary>Returns all that both tables hold, as one text.</summary>
    protected async Task<string> StoredAsync()
    {
        var all = new List<string>();
        foreach (var table in new[] { Table, Simple })
        {
            all.AddRange((await Host.Db.ScanAsync(new(table))).Items.Select(item => item.ToString()));
        }

        return string.Join('\n', all.Order(StringComparer.Ordinal));
    }
}
