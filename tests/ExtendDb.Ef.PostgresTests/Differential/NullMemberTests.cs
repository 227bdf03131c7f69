using System.Collections;
using System.Reflection;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>A null at any place of a request is answered or refused in DynamoDB's way.</summary>
public class NullMemberTests(OperationsFixture database, ITestOutputHelper output) : OperationsTests(database)
{
    [Fact]
    public async Task A_null_in_any_place_is_answered_or_refused()
    {
        var tables = new ComparedTables().All;
        foreach (var table in tables)
        {
            await Host.CreateAsync(table.Create);
        }

        var requests = new RandomRequests(SeededRandom.Printed(output), tables);
        var seen = await SendAllAsync(
            Enumerable.Range(0, 500).Select(_ => requests.Next()), request => Library.SendAsync(Host.Db, request));
        seen.Should().Contain(
            ["QueryQueryFilter[].AttributeValueList[]", "PutItemExpected[].AttributeValueList[]", "TransactWriteItemsTransactItems[].Put"]);
    }

    [Fact]
    public async Task A_null_in_any_place_of_a_request_of_the_control_plane_is_answered_or_refused()
    {
        var table = await Host.CreateAsync(Full(Guid.NewGuid().ToString("N")));
        var arn = (await Host.Db.DescribeTableAsync(new(table))).Table.TableArn;
        var seen = await SendAllAsync(
            [
                Full(table),
                Full(table) with { BillingMode = BillingMode.PAY_PER_REQUEST, ProvisionedThroughput = null },
                new UpdateTableRequest(table) { GlobalSecondaryIndexUpdates = [new() { Create = Index("added") }], AttributeDefinitions = Attributes },
                new UpdateTableRequest(table) { GlobalSecondaryIndexUpdates = [new() { Delete = new("missing") }] },
                new UpdateTableRequest(table)
                {
                    ProvisionedThroughput = new(3, 3),
                    WarmThroughput = new(12_000, 4_000),
                    OnDemandThroughput = new(5, 5),
                    TableClass = TableClass.STANDARD,
                    StreamSpecification = new(false),
                    SSESpecification = new(true, "KMS", "key"),
                    GlobalSecondaryIndexUpdates =
                    [
                        new() { Update = new("global", new(2, 2)) { WarmThroughput = new(12_000, 4_000), OnDemandThroughput = new(5, 5) } },
                    ],
                },
                new TagResourceRequest(arn, [new("a", "b")]),
                new UntagResourceRequest(arn, ["a"]),
                new ListTagsOfResourceRequest(arn),
                new UpdateTimeToLiveRequest(table, new("ttl", true)),
                new DescribeTimeToLiveRequest(table),
                new DescribeTableRequest(table),
                new DescribeContinuousBackupsRequest(table),
                new ListTablesRequest { ExclusiveStartTableName = "abc", Limit = 2 },
                new DeleteTableRequest(table),
            ],
            SendAsync);
        seen.Should().Contain(["CreateTableTags[].Value", "CreateTableGlobalSecondaryIndexes[].KeySchema[]", "UpdateTableGlobalSecondaryIndexUpdates[]"]);
    }

    private async Task<object> SendAsync(object request) => request switch
    {
        CreateTableRequest create => await Host.Db.CreateTableAsync(create with { TableName = create.TableName is null ? null! : "absent" + Guid.NewGuid() }),
        UpdateTableRequest update => await Host.Db.UpdateTableAsync(update),
        TagResourceRequest tag => await Host.Db.TagResourceAsync(tag),
        UntagResourceRequest untag => await Host.Db.UntagResourceAsync(untag),
        ListTagsOfResourceRequest list => await Host.Db.ListTagsOfResourceAsync(list),
        UpdateTimeToLiveRequest update => await Host.Db.UpdateTimeToLiveAsync(update),
        DescribeTimeToLiveRequest describe => await Host.Db.DescribeTimeToLiveAsync(describe),
        DescribeTableRequest describe => await Host.Db.DescribeTableAsync(describe),
        DescribeContinuousBackupsRequest describe => await Host.Db.DescribeContinuousBackupsAsync(describe),
        ListTablesRequest list => await Host.Db.ListTablesAsync(list),
        DeleteTableRequest delete => await Host.Db.DeleteTableAsync(delete),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request, "No request of the control plane."),
    };

    private static async Task<HashSet<string>> SendAllAsync(IEnumerable<object> requests, Func<object, Task<object>> send)
    {
        var (seen, wrong) = (new HashSet<string>(), new HashSet<string>());
        foreach (var request in requests)
        {
            foreach (var (place, changed) in WithNull(request))
            {
                seen.Add(Library.OperationOf(request) + place);
                try
                {
                    await send(changed);
                }
                catch (DynamoDbException refusal) when (refusal is not InternalServerErrorException)
                {
                    // Refused as DynamoDB does.
                }
                catch (Exception other)
                {
                    wrong.Add($"{Library.OperationOf(request)}{place}: {other.GetType().Name} {other.StackTrace?.Split('\n')[0]}");
                }
            }
        }

        wrong.Should().BeEmpty();
        return seen;
    }

    private static readonly AttributeDefinition[] Attributes = [new("p", AttributeType.S), new("s", AttributeType.S), new("g", AttributeType.S)];

    private static CreateTableRequest Full(string table) => new(
        table, [new("p", KeyType.HASH), new("s", KeyType.RANGE)], Attributes)
    {
        GlobalSecondaryIndexes =
        [
            new("global", [new("g", KeyType.HASH), new("s", KeyType.RANGE)], Projection.Include("a"))
            {
                ProvisionedThroughput = new(1, 1),
                WarmThroughput = new(12_000, 4_000),
            },
        ],
        LocalSecondaryIndexes = [new("local", [new("p", KeyType.HASH), new("g", KeyType.RANGE)], Projection.All)],
        BillingMode = BillingMode.PROVISIONED,
        ProvisionedThroughput = new(1, 1),
        WarmThroughput = new(12_000, 4_000),
        Tags = [new("key", "value")],
        TableClass = TableClass.STANDARD,
        StreamSpecification = new(false),
        SSESpecification = new(true, "KMS", "key"),
    };

    private static CreateGlobalSecondaryIndexAction Index(string name) => new(
        name, [new("g", KeyType.HASH)], Projection.Include("a"))
    {
        ProvisionedThroughput = new(1, 1),
        WarmThroughput = new(12_000, 4_000),
        OnDemandThroughput = new(5, 5),
    };

    /// <summary>Returns copies of a record that hold a null in one place each.</summary>
    private static IEnumerable<(string Place, object Changed)> WithNull(object record)
    {
        foreach (var property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                     .Where(p => p.CanWrite && p.PropertyType is { IsValueType: false, IsArray: false }))
        {
            yield return (property.Name, Copy(property, null));
            foreach (var (place, changed) in Inside(property.GetValue(record)))
            {
                yield return (property.Name + place, Copy(property, changed));
            }
        }

        object Copy(PropertyInfo property, object? value)
        {
            var copy = record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
            property.SetValue(copy, value);
            return copy;
        }
    }

    private static IEnumerable<(string Place, object Changed)> Inside(object? value) => value switch
    {
        null or string or AttributeMap or AttributeValue => [],
        IEnumerable members when value.GetType().GetInterfaces().Any(i => IsOf(i, typeof(IReadOnlyDictionary<,>))) => InDictionary(members),
        IEnumerable members => InList(members),
        _ => WithNull(value).Select(each => ("." + each.Place, each.Changed)),
    };

    private static IEnumerable<(string Place, object Changed)> InList(IEnumerable members)
    {
        var of = members.GetType().GetInterfaces().First(i => IsOf(i, typeof(IReadOnlyList<>))).GetGenericArguments()[0];
        var all = members.Cast<object?>().ToList();
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var (place, changed) in Inside(all[i]).Prepend(("", null!)))
            {
                var copy = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(of))!;
                all.ForEach(member => copy.Add(member));
                copy[i] = changed;
                yield return ("[]" + place, copy);
            }
        }
    }

    private static IEnumerable<(string Place, object Changed)> InDictionary(IEnumerable members)
    {
        var of = members.GetType().GetInterfaces().First(i => IsOf(i, typeof(IReadOnlyDictionary<,>))).GetGenericArguments()[1];
        var all = members.Cast<dynamic>().ToDictionary(each => (string)each.Key, each => (object?)each.Value);
        foreach (var (name, member) in all)
        {
            foreach (var (place, changed) in Inside(member).Prepend(("", null!)))
            {
                var copy = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), of))!;
                foreach (var (other, kept) in all)
                {
                    copy[other] = other == name ? changed : kept;
                }

                yield return ("[]" + place, copy);
            }
        }
    }

    private static bool IsOf(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
