using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Querying;

/// <summary>Which items a condition finds, and in which order: on the table, on local and on global indexes.</summary>
public class QueryOperatorTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly string[] Strings = ["A", "a", "ab", "ab\0", "abc", "b", "é", "\uFFFF", "\U0001F3B5"];
    private static readonly string[] Numbers =
        ["-1E125", "-100", "-99.5", "-1", "-0.5", "-1E-130", "0", "1E-130", "0.5", "1", "1.01", "9", "10", "99.99", "1E125"];

    public static TheoryData<string, string, string> OnStrings
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var where in (string[])["", "Local", "Global", "Keys", "Some"])
            {
                data.Add(where, "EQ ab", "ab");
                data.Add(where, "EQ zzz", "");
                data.Add(where, "LT ab", "A a");
                data.Add(where, "LE ab", "A a ab");
                data.Add(where, "GT abc", "b é \uFFFF \U0001F3B5");
                data.Add(where, "GE abc", "abc b é \uFFFF \U0001F3B5");
                data.Add(where, "BETWEEN a abc", "a ab ab\0 abc");
                data.Add(where, "BETWEEN ab ab", "ab");
                data.Add(where, "BEGINS_WITH ab", "ab ab\0 abc");
                data.Add(where, "BEGINS_WITH \uFFFF", "\uFFFF");
                data.Add(where, "", string.Join(' ', Strings));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(OnStrings))]
    public async Task Condition_on_a_string_finds_what_it_describes_in_both_directions(
        string where, string condition, string expected)
    {
        var table = await StringsAsync();
        var query = where.Length == 0 ? OperationsQuery.Of(table) : OperationsQuery.OfIndex(table, where);
        var key = where.Length == 0 ? "Sort" : "Other";
        query = With(query, where is "" or "Local" ? ("Hash", "h") : ("Group", "g"), key, condition, s => s);

        var forward = await Host.QueryAllAsync(query);
        var backward = await Host.QueryAllAsync(query with { ScanIndexForward = false });

        var found = expected.Length == 0 ? [] : expected.Split(' ');
        forward.Select(i => ((AttributeValue.S)i[key]).Value).Should().Equal(found);
        backward.Select(i => ((AttributeValue.S)i[key]).Value).Should().Equal(found.Reverse());
    }

    [Theory]
    [InlineData("", "EQ 1.0", "1")]
    [InlineData("", "LT -1", "-1E125 -100 -99.5")]
    [InlineData("", "LE -1", "-1E125 -100 -99.5 -1")]
    [InlineData("", "GT 9", "10 99.99 1E125")]
    [InlineData("", "GE 9", "9 10 99.99 1E125")]
    [InlineData("", "BETWEEN -1 1", "-1 -0.5 -1E-130 0 1E-130 0.5 1")]
    [InlineData("Global", "GT -0.50", "-1E-130 0 1E-130 0.5 1 1.01 9 10 99.99 1E125")]
    [InlineData("Global", "BETWEEN 0 0", "0")]
    public async Task Condition_on_a_number_compares_by_value(string where, string condition, string expected)
    {
        var table = await NumbersAsync();
        var query = where.Length == 0 ? OperationsQuery.Of(table) : OperationsQuery.OfIndex(table, where);
        query = With(query, where.Length == 0 ? ("Hash", "h") : ("Group", "g"), "Number", condition, n => DynamoNumber.Parse(n));

        var forward = await Host.QueryAllAsync(query);
        var backward = await Host.QueryAllAsync(query with { ScanIndexForward = false });

        var found = expected.Split(' ').Select(n => DynamoNumber.Parse(n)).ToList();
        forward.Select(i => ((AttributeValue.N)i["Number"]).Value).Should().Equal(found);
        backward.Select(i => ((AttributeValue.N)i["Number"]).Value).Should().Equal(Enumerable.Reverse(found));
    }

    [Fact]
    public async Task Numbers_come_in_order_of_their_value()
    {
        var table = await NumbersAsync();

        var found = await Host.QueryAllAsync(OperationsQuery.Of(table, ("Hash", Condition.EqualTo("h"))));

        found.Select(i => ((AttributeValue.N)i["Number"]).Value).Should().Equal(Numbers.Select(n => DynamoNumber.Parse(n)));
    }

    [Fact]
    public async Task Begins_with_on_bytes_of_0xFF_finds_all_that_begin_so()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Hash:S Sort:B"));
        byte[][] sorts = [[0xFE, 0xFF], [0xFF], [0xFF, 0xFF], [0xFF, 0xFF, 0x00], Enumerable.Repeat((byte)0xFF, 1024).ToArray()];
        foreach (var sort in sorts)
        {
            await Host.PutAsync(table, new() { ["Hash"] = "h", ["Sort"] = sort });
        }

        var found = await Host.QueryAllAsync(OperationsQuery.Of(
            table, ("Hash", Condition.EqualTo("h")), ("Sort", Condition.BeginsWith(new byte[] { 0xFF, 0xFF }))));

        found.Select(i => i["Sort"]).Should().Equal(sorts[2..].Select(s => (AttributeValue)s));
    }

    [Fact]
    public async Task Index_gives_the_attributes_that_it_projects()
    {
        var table = await StringsAsync();

        async Task<IEnumerable<string>> NamesOn(string index) => (await Host.QueryAllAsync(OperationsQuery.OfIndex(
            table, index, ("Group", Condition.EqualTo("g")), ("Other", Condition.EqualTo("a"))))).Single().Keys;

        (await NamesOn("Global")).Should().BeEquivalentTo("Hash", "Sort", "Group", "Other", "X", "Y");
        (await NamesOn("Keys")).Should().BeEquivalentTo("Hash", "Sort", "Group", "Other");
        (await NamesOn("Some")).Should().BeEquivalentTo("Hash", "Sort", "Group", "Other", "X");
    }

    [Fact]
    public async Task Partition_that_does_not_exist_is_empty()
    {
        var table = await StringsAsync();

        var found = await Host.Db.QueryAsync(OperationsQuery.Of(table, ("Hash", Condition.EqualTo("nobody"))));

        found.Items.Should().BeEmpty();
        found.LastEvaluatedKey.Should().BeNull();
    }

    [Theory]
    [InlineData("no hash", "Query condition missed key schema element: Hash")]
    [InlineData("hash by LT", "Query key condition not supported")]
    [InlineData("other attribute", "Query condition missed key schema element: Sort")]
    [InlineData("mistyped", "*type*")]
    [InlineData("empty", "*empty string value*")]
    [InlineData("exchanged bounds", "*upper bound*")]
    [InlineData("unknown index", "The table does not have the specified index: Nowhere")]
    [InlineData("consistent on global", "Consistent reads are not supported on global secondary indexes")]
    [InlineData("limit 0", "*'limit'*greater than or equal to 1*")]
    [InlineData("key too long", "*maximum size limit of2048 bytes")]
    public async Task Query_that_does_not_fit_is_refused(string how, string message)
    {
        var table = await StringsAsync();
        var (h, g) = (("Hash", Condition.EqualTo("h")), ("Group", Condition.EqualTo("g")));
        var query = how switch
        {
            "no hash" => OperationsQuery.Of(table, ("Sort", Condition.EqualTo("a"))),
            "hash by LT" => OperationsQuery.Of(table, ("Hash", Condition.LessThan("h"))),
            "other attribute" => OperationsQuery.Of(table, h, ("Other", Condition.EqualTo("a"))),
            "mistyped" => OperationsQuery.Of(table, h, ("Sort", Condition.EqualTo(1))),
            "empty" => OperationsQuery.Of(table, h, ("Sort", Condition.BeginsWith(""))),
            "exchanged bounds" => OperationsQuery.Of(table, h, ("Sort", Condition.Between("b", "a"))),
            "unknown index" => OperationsQuery.OfIndex(table, "Nowhere", h),
            "consistent on global" => OperationsQuery.OfIndex(table, "Global", g) with { ConsistentRead = true },
            "limit 0" => OperationsQuery.Of(table, h) with { Limit = 0 },
            _ => OperationsQuery.Of(table, ("Hash", Condition.EqualTo(new string('x', 2049)))),
        };

        var refused = () => Host.Db.QueryAsync(query);

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(message);
    }

    [Fact]
    public async Task Query_of_an_unknown_table_is_refused()
    {
        var refused = () => Host.Db.QueryAsync(OperationsQuery.Of("Nowhere", ("Hash", Condition.EqualTo("h"))));

        await refused.Should().ThrowAsync<ResourceNotFoundException>().WithMessage("Requested resource not found");
    }

    private static QueryRequest With(
        QueryRequest query, (string Name, string Value) hash, string key, string condition, Func<string, AttributeValue> read)
    {
        var conditions = new Dictionary<string, Condition> { [hash.Name] = Condition.EqualTo(hash.Value) };
        if (condition.Length > 0)
        {
            var words = condition.Split(' ');
            conditions[key] = new(Enum.Parse<ComparisonOperator>(words[0]), [.. words[1..].Select(read)]);
        }

        return query with { KeyConditions = conditions };
    }

    private async Task<string> StringsAsync()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Hash:S Sort:S")
            .WithLocal("Local", "Hash:S Other:S")
            .WithGlobal("Global", "Group:S Other:S", delayMs: 0)
            .WithGlobal("Keys", "Group:S Other:S", Projection.KeysOnly, delayMs: 0)
            .WithGlobal("Some", "Group:S Other:S", Projection.Include("X"), delayMs: 0));
        await using var context = Host.CreateContext();
        var definition = await Host.Db.GetTableDefinitionAsync(table);
        context.AddRange(Strings.Append("zz").Select((s, i) => ExtendDb.Ef.Model.Item.Create(definition, new()
        {
            ["Hash"] = s == "zz" ? "other" : "h",
            ["Sort"] = s,
            ["Group"] = s == "zz" ? "other" : "g",
            ["Other"] = s,
            ["X"] = i,
            ["Y"] = i,
        })));
        await context.SaveChangesAsync();
        return table;
    }

    private async Task<string> NumbersAsync()
    {
        var definition = await Host.DefineAsync(OperationsTable.Of("Hash:S Number:N")
            .WithGlobal("Global", "Group:S Number:N", delayMs: 0));
        await using var context = Host.CreateContext();
        context.AddRange(Numbers.Reverse().Select(n => ExtendDb.Ef.Model.Item.Create(definition, new()
        {
            ["Hash"] = "h",
            ["Number"] = DynamoNumber.Parse(n),
            ["Group"] = "g",
        })));
        await context.SaveChangesAsync();
        return definition.Name;
    }
}
