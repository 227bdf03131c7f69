using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>Names that no attribute can have, in each parameter that is older than expressions and takes names.</summary>
public class LegacyNameTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Key = new() { ["Id"] = "1" };
    private static readonly string TooLong = new('x', 65_536);

    private static readonly Dictionary<string, Func<IExtendDb, string, string, Task>> ByParameter = new()
    {
        ["GetItem, AttributesToGet"] = (db, table, name) => db.GetItemAsync(new(table, Key) { AttributesToGet = [name] }),
        ["BatchGetItem, AttributesToGet"] = (db, table, name) => db.BatchGetItemAsync(
            new(new Dictionary<string, KeysAndAttributes> { [table] = new([Key]) { AttributesToGet = [name] } })),
        ["Query, AttributesToGet"] = (db, table, name) => db.QueryAsync(Queried(table) with { AttributesToGet = [name] }),
        ["Query, QueryFilter"] = (db, table, name) => db.QueryAsync(
            Queried(table) with { QueryFilter = Named(name, new Condition(ComparisonOperator.NULL)) }),
        ["Scan, AttributesToGet"] = (db, table, name) => db.ScanAsync(new(table) { AttributesToGet = [name] }),
        ["Scan, ScanFilter"] = (db, table, name) => db.ScanAsync(
            new(table) { ScanFilter = Named(name, new Condition(ComparisonOperator.NULL)) }),
        ["PutItem, Expected"] = (db, table, name) => db.PutItemAsync(
            new(table, Key) { Expected = Named(name, new ExpectedAttributeValue { Exists = false }) }),
        ["DeleteItem, Expected"] = (db, table, name) => db.DeleteItemAsync(
            new(table, Key) { Expected = Named(name, new ExpectedAttributeValue { Exists = false }) }),
        ["UpdateItem, Expected"] = (db, table, name) => db.UpdateItemAsync(
            new(table, Key) { Expected = Named(name, new ExpectedAttributeValue { Exists = false }) }),
        ["UpdateItem, AttributeUpdates"] = (db, table, name) => db.UpdateItemAsync(
            new(table, Key) { AttributeUpdates = Named(name, AttributeValueUpdate.Put("x")) }),
    };

    public static TheoryData<string> Parameters => [.. ByParameter.Keys];

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task Empty_name_is_refused(string parameter)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var call = () => ByParameter[parameter](Host.Db, table, "");

        await call.Should().ThrowAsync<ValidationException>().WithMessage("Empty attribute name");
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task Name_of_65_536_bytes_is_refused(string parameter)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var call = () => ByParameter[parameter](Host.Db, table, TooLong);

        await call.Should().ThrowAsync<ValidationException>().WithMessage("*at most 65535 bytes*");
    }

    private static QueryRequest Queried(string table) => new(table)
    {
        KeyConditions = Named("Id", Condition.EqualTo("1")),
    };

    private static Dictionary<string, T> Named<T>(string name, T value) => new() { [name] = value };
}
