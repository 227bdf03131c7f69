using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.PartiQl;

public class SelectTests(OperationsFixture database) : StatementTests(database)
{
    private const string Keys = "SELECT p, s FROM \"T\" WHERE ";

    [Theory]
    [InlineData("p = 'a'", "a1 a2 a3")]
    [InlineData("p = 'a' AND s = 2", "a2")]
    [InlineData("2 = s AND 'a' = p", "a2")]
    [InlineData("(p = 'a') AND ((s = 2))", "a2")]
    [InlineData("p = 'a' AND s > 1", "a2 a3")]
    [InlineData("p = 'a' AND s >= 2 AND s < 3", "a2")]
    [InlineData("p = 'a' AND 2 <= s", "a2 a3")]
    [InlineData("p = 'a' AND s BETWEEN 1 AND 2", "a1 a2")]
    [InlineData("p = 'a' AND s NOT BETWEEN 1 AND 2", "a3")]
    [InlineData("p = 'a' AND s IN [3, 1]", "a1 a3")]
    [InlineData("p = 'a' AND s NOT IN (1)", "a2 a3")]
    [InlineData("p = 'a' AND (s = 1 OR s = 3)", "a1 a3")]
    [InlineData("p = 'a' AND (s < 2 OR s > 2)", "a1 a3")]
    [InlineData("p = 'a' AND s <> 2", "a1 a3")]
    [InlineData("p = 'a' AND NOT s = 2", "a1 a3")]
    [InlineData("p = 'a' AND s = 1 AND s = 2", "")]
    [InlineData("p = 'a' AND p = 'b'", "")]
    [InlineData("p IN ['b', 'a']", "b1 a1 a2 a3")]
    [InlineData("p = 'a' OR p = 'b'", "a1 a2 a3 b1")]
    [InlineData("p IN ('a', 'b') AND s = 1", "a1 b1")]
    [InlineData("(p = 'a' AND s = 1) OR (p = 'b' AND n = 40)", "a1 b1")]
    [InlineData("p = 'a' AND NOT s = 1 OR p = 'a' AND s = 2", "a2 a3")]
    [InlineData("p = 'a' OR p = 'a' AND NOT s = 1", "a1 a2 a3")]
    public async Task Items_of_partitions_come_in_the_order_of_the_statement(string where, string found)
    {
        var read = await ExecuteAsync(Keys + where);

        Names(read).Should().Equal(found.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("s = 1", "a1 b1")]
    [InlineData("n = 20", "a2")]
    [InlineData("n <> 20", "a1 a3 b1")]
    [InlineData("n != 20", "a1 a3 b1")]
    [InlineData("n < 20", "a1")]
    [InlineData("n <= 20", "a1 a2")]
    [InlineData("n > 20", "a3 b1")]
    [InlineData("n >= 20", "a2 a3 b1")]
    [InlineData("n = 2e1", "a2")]
    [InlineData("n = 20.0", "a2")]
    [InlineData("n = +20", "a2")]
    [InlineData("n = - -20", "a2")]
    [InlineData("n = -20", "")]
    [InlineData("n > 5 AND n < 15 OR n = 40", "a1 b1")]
    [InlineData("p > 'a'", "b1")]
    [InlineData("begins_with(p, 'b')", "b1")]
    [InlineData("p = 'a' AND s = 1 OR n = 40", "a1 b1")]
    [InlineData("n IN (10, 40, 'x')", "a1 b1")]
    [InlineData("n NOT IN (10, 40)", "a2 a3")]
    [InlineData("n BETWEEN 15 AND 35", "a2 a3")]
    [InlineData("BEGINS_WITH(\"str\", 'he')", "a1")]
    [InlineData("contains(str, 'orl')", "a2")]
    [InlineData("contains(ss, 'a')", "a1")]
    [InlineData("contains(li, 'two')", "a1")]
    [InlineData("attribute_type(n, 'N') AND attribute_exists(g)", "a1 a2 b1")]
    [InlineData("attribute_not_exists(g)", "a3")]
    [InlineData("size(str) = 5", "a1 a2")]
    [InlineData("size(li) > 2", "a1")]
    [InlineData("g IS MISSING", "a3")]
    [InlineData("g IS NOT MISSING", "a1 a2 b1")]
    [InlineData("nul IS NULL", "a1")]
    [InlineData("nul IS NOT NULL", "a2 a3 b1")]
    [InlineData("nul = NULL", "a1")]
    [InlineData("t = TRUE", "a1")]
    [InlineData("t IS BOOLEAN", "a1")]
    [InlineData("str IS STRING", "a1 a2")]
    [InlineData("li IS LIST AND m IS STRUCT AND bin IS BLOB AND n IS NUMERIC", "a1")]
    [InlineData("m.x = 1", "a1")]
    [InlineData("m['y'].z = 'deep'", "a1")]
    [InlineData("m.li[0] = 7", "a1")]
    [InlineData("li[2].k = 'v'", "a1")]
    [InlineData("ss = <<'b', 'a'>>", "a1")]
    [InlineData("ns = <<1, 2>>", "a1")]
    [InlineData("li = [1, 'two', {'k': 'v'}]", "a1")]
    [InlineData("m = {'x': 1}", "")]
    [InlineData("n < 'x'", "")]
    [InlineData("attribute_exists(t) = true", "a1")]
    [InlineData("(n = 10 OR n = 20) = false", "a3 b1")]
    [InlineData("NOT NOT n = 10", "a1")]
    [InlineData("n = 10 -- the first", "a1")]
    [InlineData("n /* ten */ = 10;", "a1")]
    [InlineData("str = 'it''s'", "")]
    public async Task Items_of_the_table_are_filtered(string where, string found)
    {
        var read = await ExecuteAsync(Keys + where);

        Names(read).Should().BeEquivalentTo(found.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("\"T\".\"global\" WHERE g = 'G'", "a1 a2")]
    [InlineData("\"T\".\"global\" WHERE g = 'G' AND s = 2", "a2")]
    [InlineData("\"T\".\"global\" WHERE g = 'G' AND n > 15", "a2")]
    [InlineData("\"T\".\"global\" WHERE p = 'a'", "a1 a2")]
    [InlineData("\"T\".\"global\"", "a1 a2 b1")]
    [InlineData("\"T\".\"keys\" WHERE g = 'G' AND p = 'a'", "a1 a2")]
    [InlineData("\"T\".\"keys\" WHERE n = 20", "")]
    [InlineData("\"T\".\"keys\" WHERE NOT n = 20", "a1 a2 b1")]
    [InlineData("\"T\".\"keys\" WHERE (g = 'G' AND n = 20) OR g = 'H'", "b1")]
    [InlineData("\"T\".\"local\" WHERE p = 'a' AND l = 'L2'", "a2")]
    [InlineData("\"T\".\"local\" WHERE p = 'a' AND begins_with(l, 'L')", "a1 a2")]
    [InlineData("\"T\".\"local\" WHERE l = 'L1'", "a1")]
    [InlineData("\"T\".\"local\" WHERE n = 10", "")]
    [InlineData("\"T\"['local'] WHERE p = 'a'", "a1 a2")]
    public async Task Index_has_the_items_that_have_its_key(string from, string found)
    {
        await Host.DrainAsync();

        var read = await ExecuteAsync("SELECT p, s FROM " + from);

        Names(read).Should().BeEquivalentTo(found.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("p = 'a' ORDER BY s", "a1 a2 a3")]
    [InlineData("p = 'a' ORDER BY s ASC", "a1 a2 a3")]
    [InlineData("p = 'a' ORDER BY s DESC", "a3 a2 a1")]
    [InlineData("p = 'a' ORDER BY p", "a1 a2 a3")]
    [InlineData("p = 'a' AND s IN (1, 3) ORDER BY s DESC", "a3 a1")]
    [InlineData("p IN ['b', 'a'] ORDER BY p", "a1 a2 a3 b1")]
    [InlineData("p IN ['a', 'b'] ORDER BY p DESC, s DESC", "b1 a3 a2 a1")]
    public async Task Order_is_that_of_the_key(string where, string found)
    {
        var read = await ExecuteAsync(Keys + where);

        Names(read).Should().Equal(found.Split(' '));
    }

    [Theory]
    [InlineData("*", null)]
    [InlineData("n, str", """{"n":{"N":"10"},"str":{"S":"hello"}}""")]
    [InlineData("\"n\"", """{"n":{"N":"10"}}""")]
    [InlineData("nope", "{}")]
    [InlineData("m.x", """{"x":{"N":"1"}}""")]
    [InlineData("m.y.z, li[1]", """{"z":{"S":"deep"},"li[1]":{"S":"two"}}""")]
    [InlineData("m.li[0]", """{"li[0]":{"N":"7"}}""")]
    [InlineData("li[2].k", """{"k":{"S":"v"}}""")]
    [InlineData("li[2]", """{"li[2]":{"M":{"k":{"S":"v"}}}}""")]
    [InlineData("m['x'], t", """{"x":{"N":"1"},"t":{"BOOL":true}}""")]
    [InlineData("li[9], m.nope", "{}")]
    [InlineData("(n)", """{"n":{"N":"10"}}""")]
    public async Task Column_is_named_by_its_last_name(string columns, string? row)
    {
        var read = await ExecuteAsync($"SELECT {columns} FROM \"T\" WHERE p = 'a' AND s = 1");

        read.Items.Should().Equal(row is null ? First : System.Text.Json.JsonSerializer.Deserialize<AttributeMap>(row)!);
    }

    [Fact]
    public async Task Parameters_stand_in_their_order()
    {
        var read = await ExecuteAsync(Keys + "p = ? AND s IN (?, ?) AND n BETWEEN ? AND ?", "a", 1, 3, 5, 15);

        Names(read).Should().Equal("a1");
    }

    [Fact]
    public async Task Column_that_a_local_index_lacks_is_read_from_the_table()
    {
        var read = await ExecuteAsync("SELECT n FROM \"T\".\"local\" WHERE p = 'a' AND l = 'L2'");

        read.Items.Should().Equal(new AttributeMap { ["n"] = 20 });
    }

    [Theory]
    [InlineData("p = 'a'", 1)]
    [InlineData("p = 'a'", 2)]
    [InlineData("p = 'a' AND n > 10", 1)]
    [InlineData("p IN ('a', 'b')", 1)]
    [InlineData("p IN ('a', 'b')", 3)]
    [InlineData("p IN ('a', 'b') ORDER BY p DESC, s DESC", 2)]
    [InlineData("p = 'a' AND s IN (3, 1)", 1)]
    [InlineData("n > 10", 2)]
    public async Task Pages_have_all_items_once(string where, int limit)
    {
        var whole = Names(await ExecuteAsync(Keys + where));
        var paged = new List<string>();
        string? next = null;

        do
        {
            var page = await Host.Db.ExecuteStatementAsync(new(Named(Keys + where)) { Limit = limit, NextToken = next });
            page.Items.Count.Should().BeLessThanOrEqualTo(limit);
            paged.AddRange(Names(page));
            next = page.NextToken;
        }
        while (next is not null);

        paged.Should().Equal(whole);
    }

    [Fact]
    public async Task Partitions_share_the_megabyte_of_a_page()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("p:S s:N"));
        foreach (var (p, s) in new[] { ("a", 1), ("a", 2), ("b", 1), ("b", 2) })
        {
            await Host.PutAsync(table, new() { ["p"] = p, ["s"] = s, ["d"] = new byte[300_000] });
        }

        var request = new ExecuteStatementRequest($"SELECT p, s FROM \"{table}\" WHERE p IN ('a', 'b')");
        var first = await Host.Db.ExecuteStatementAsync(request);
        var second = await Host.Db.ExecuteStatementAsync(request with { NextToken = first.NextToken });

        Names(first).Should().Equal("a1", "a2", "b1");
        Names(second).Should().Equal("b2");
    }

    [Fact]
    public async Task Token_is_for_its_statement_and_as_it_was_written()
    {
        var request = new ExecuteStatementRequest(Named(Keys + "p = ?")) { Parameters = ["a"], Limit = 1 };
        var token = (await Host.Db.ExecuteStatementAsync(request)).NextToken!;
        var changed = token[..^6] + (token[^6] == 'A' ? 'B' : 'A') + token[^5..];

        var ofOther = () => Host.Db.ExecuteStatementAsync(request with { Parameters = ["b"], NextToken = token });
        var ofChanged = () => Host.Db.ExecuteStatementAsync(request with { NextToken = changed });
        var ofGarbage = () => Host.Db.ExecuteStatementAsync(request with { NextToken = "garbage" });

        await ofOther.Should().ThrowAsync<ValidationException>().WithMessage("NextToken does not match request");
        await ofChanged.Should().ThrowAsync<ValidationException>().WithMessage("Invalid NextToken");
        await ofGarbage.Should().ThrowAsync<ValidationException>().WithMessage("Invalid NextToken");
    }

    [Theory]
    [InlineData("\"T\" WHERE p = 'a' AND s = 1", false, 0.5)]
    [InlineData("\"T\" WHERE p = 'a' AND s = 1", true, 1)]
    [InlineData("\"T\" WHERE p = 'a'", false, 0.5)]
    [InlineData("\"T\" WHERE p IN ('a', 'b')", false, 1)]
    [InlineData("\"T\"", true, 1)]
    public async Task Capacity_is_that_of_the_reads(string from, bool consistent, double units)
    {
        var read = await Host.Db.ExecuteStatementAsync(new(Named("SELECT * FROM " + from))
        {
            ConsistentRead = consistent,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        });

        read.ConsumedCapacity.Should().Be(new ConsumedCapacity(Table, units));
    }

    [Theory]
    [InlineData("SELEC * FROM \"T\"", "Statement wasn't well formed, can't be processed: Expected data manipulation")]
    [InlineData("SELECT * FROM \"T\" WHERE", "Statement wasn't well formed, can't be processed: Unexpected term")]
    [InlineData("SELECT * FROM \"T\" WHERE NOT", "Statement wasn't well formed, can't be processed: Unexpected term")]
    [InlineData("SELECT * FROM \"T\" WHERE (", "Statement wasn't well formed, can't be processed: Unexpected term")]
    [InlineData("SELECT * FROM", "Statement wasn't well formed, can't be processed: Unexpected term")]
    [InlineData(
        "SELECT * FROM \"T\" WHERE p = 'a' AND",
        "Statement wasn't well formed, can't be processed: Missing right-hand side expression of infix operator")]
    [InlineData("SELECT * FROM \"T\" WHERE ORDER BY p", "Statement wasn't well formed, can't be processed: Unexpected keyword")]
    [InlineData("SELECT * FROM \"T\" WHERE IS NULL", "Statement wasn't well formed, can't be processed: Unexpected operator")]
    [InlineData("SELECT * FROM \"T\" WHERE p = LIKE", "Statement wasn't well formed, can't be processed: Unexpected operator")]
    [InlineData("SELECT * FROM \"T\" WHERE p IS FOO", "Statement wasn't well formed, can't be processed: Expected type name")]
    [InlineData("SELECT * FROM \"T\" WHERE p = 'a' foo", "Statement wasn't well formed, can't be processed: Unexpected token after expression")]
    [InlineData("SELECT * FROM \"T\" ORDER BY p WHERE p = 'a'", "Statement wasn't well formed, can't be processed: Unexpected token after expression")]
    [InlineData("SELECT * FROM \"T\" WHERE p = 'a", "Statement wasn't well formed, can't be processed: ")]
    [InlineData("SELECT * FROM \"T\" WHERE p = 'a' # note", "Statement wasn't well formed, can't be processed: ")]
    [InlineData("SELECT * FROM \"T\" WHERE p = 'a' /* note", "Statement wasn't well formed, can't be processed: ")]
    [InlineData("SELECT * FROM \"T\" WHERE n = 1e2147483648", "Statement wasn't well formed, can't be processed: ")]
    [InlineData("SELECT * FROM \"T\" WHERE n = 1.5e-2147483647", "Statement wasn't well formed, can't be processed: ")]
    [InlineData("SELECT * FROM \"T\" WHERE m.inner = 1", "Statement wasn't well formed, can't be processed: Invalid path dot component")]
    [InlineData("SELECT * FROM \"T\" t WHERE p = 'a'", "Aliasing is not supported")]
    [InlineData("SELECT n AS x FROM \"T\"", "Aliasing is not supported")]
    [InlineData("SELECT DISTINCT n FROM \"T\"", "Unsupported token in expression: DISTINCT")]
    [InlineData("SELECT VALUE n FROM \"T\"", "Select projection doesn't support value or pivot keywords")]
    [InlineData("SELECT COUNT(*) FROM \"S\"", "Unexpected path component at 1:8:5")]
    [InlineData("SELECT 'n' FROM \"S\"", "Unexpected path component at 1:8:3")]
    [InlineData("SELECT m.* FROM \"S\"", "Changing item's hierarchy while reading isn't supported")]
    [InlineData("SELECT n, m.n FROM \"S\"", "Duplicate identifiers in select clause: n")]
    [InlineData(
        "SELECT m, m.n FROM \"S\"",
        "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [m, n], path two: [m]")]
    [InlineData("SELECT l[-1] FROM \"S\"", "List index is not within the allowable range; index: [-1] at 1:11:1")]
    [InlineData("SELECT p.q FROM \"T\"", "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: p")]
    [InlineData("SELECT p FROM \"T\" GROUP BY p", "Unsupported clause: GROUP BY")]
    [InlineData("SELECT p FROM \"T\", \"S\"", "Only select from a single table or index is supported.")]
    [InlineData("SELECT p FROM \"\"", "Path component cannot be an empty string")]
    [InlineData("SELECT p FROM \"T\".\"a\".\"b\"", "A path may contain at most 2 components in the FROM clause")]
    [InlineData("SELECT p FROM 'T'", "Unexpected from source")]
    [InlineData("SELECT p FROM \"T\".\"nope\"", "The table does not have the specified index")]
    [InlineData("SELECT p FROM \"T\" WHERE n", "WHERE clause must contain an expression that resolves to a boolean")]
    [InlineData("SELECT p FROM \"T\" WHERE p = 'a' AND TRUE", "The arguments to AND/OR must be Expressions")]
    [InlineData("SELECT p FROM \"T\" WHERE p = MISSING", "MISSING must be compared using IS operator")]
    [InlineData("SELECT p FROM \"T\" WHERE n + 1 = 2", "Unsupported operator in Condition Expression. Operator: +")]
    [InlineData("SELECT p FROM \"T\" WHERE p LIKE 'a%'", "Unsupported operator in Condition Expression. Operator: like")]
    [InlineData("SELECT p FROM \"S\" WHERE foo(p)", "Unrecognized function: foo at *")]
    [InlineData("SELECT p FROM \"S\" WHERE EXISTS(p)", "Unrecognized function: exists at *")]
    [InlineData("SELECT p FROM \"T\" WHERE n IN []", "IN operator must have a left hand argument of type Variable Reference *")]
    [InlineData("SELECT p FROM \"T\" WHERE n = n", "The first operand must be distinct from the remaining operands *")]
    [InlineData("SELECT p FROM \"T\" WHERE n < TRUE", "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL")]
    [InlineData("SELECT p FROM \"T\" WHERE n BETWEEN 2 AND 1", "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; *")]
    [InlineData(
        "SELECT p FROM \"T\" WHERE attribute_exists('n')",
        "Operator or function requires a document path; operator or function: attribute_exists")]
    [InlineData("SELECT p FROM \"T\" WHERE n IS INT", "Unsupported data type for IS operator: INT. Supported data types are *")]
    [InlineData("SELECT p FROM \"T\" WHERE p = 1", "Key attribute's data type should match its data type in table's schema: Key p")]
    [InlineData("SELECT p FROM \"T\" WHERE p = 'a' AND s IN (1, 'x')", "Key attribute's data type should match its data type in table's schema: Key s")]
    [InlineData("SELECT p FROM \"T\" WHERE p = ''", "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p")]
    [InlineData("SELECT p FROM \"T\" WHERE p IN ('a', 'a')", "Overlapping conditions with range keys are not supported in where clause")]
    [InlineData("SELECT p FROM \"T\" WHERE p = 'a' AND (s > 0 OR s < 5)", "Overlapping conditions with range keys are not supported in where clause")]
    [InlineData("SELECT p FROM \"T\" WHERE p = 'a' AND n = 1 OR p = 'a' AND s = 2", "Overlapping conditions with range keys are not supported in where clause")]
    [InlineData("SELECT p FROM \"T\" WHERE p = 'a' ORDER BY n", "Variable reference n in ORDER BY clause must be part of the primary key")]
    [InlineData("SELECT p FROM \"T\" ORDER BY s", "Must have WHERE clause in the statement when using ORDER BY clause.")]
    [InlineData("SELECT p FROM \"T\" ORDER BY s[0]", "Must have WHERE clause in the statement when using ORDER BY clause.")]
    [InlineData("SELECT p FROM \"T\" WHERE n = 1 ORDER BY n", "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.")]
    [InlineData("SELECT p FROM \"T\" WHERE n = 1 ORDER BY s", "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.")]
    [InlineData("SELECT n FROM \"T\".\"keys\" WHERE g = 'G'", "One or more parameter values were invalid: Global secondary index keys does not project [n]")]
    [InlineData(
        "SELECT p FROM \"T\".\"keys\" WHERE g = 'G' AND n = 1",
        "One or more parameter values were invalid: Secondary index keys does not project one or more filter attributes: [n]")]
    [InlineData(
        "SELECT p FROM \"T\".\"several\" WHERE g = 'G'",
        "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE keys.")]
    [InlineData("SELECT p FROM \"T\" WHERE n = ?", "Number of parameters in request and statement don't match.")]
    [InlineData("SELECT p FROM \"a b\"", "Table name should be within the length [3, 255] and only contain 'a-z', 'A-Z', '0-9', '-', '_', '.'.")]
    [InlineData("EXISTS(SELECT * FROM \"T\" WHERE p = 'a')", "EXISTS can only be used in ExecuteTransaction write requests.")]
    [InlineData("SELECT p FROM \"T\" WHERE n = 1e126", "Number overflow. Attempting to store a number with magnitude larger than supported range under root")]
    [InlineData("SELECT p FROM \"T\" WHERE n = {'a': [1, 1e126]}", "Number overflow. * under root.a[1]")]
    public async Task Broken_rule_is_refused_in_the_words_of_DynamoDB(string statement, string message)
    {
        var refused = () => ExecuteAsync(statement);

        (await refused.Should().ThrowExactlyAsync<ValidationException>()).WithMessage(message);
    }

    [Fact]
    public async Task Parameter_too_many_is_refused()
    {
        var refused = () => ExecuteAsync(Keys + "p = ?", "a", "b");

        await refused.Should().ThrowAsync<ValidationException>()
            .WithMessage("Number of parameters in request and statement don't match.");
    }

    [Fact]
    public async Task Fifty_one_partitions_are_refused()
    {
        var values = string.Join(", ", Enumerable.Range(0, 51).Select(i => $"'{i}'"));

        var refused = () => ExecuteAsync(Keys + $"p IN ({values})");
        var scanned = await ExecuteAsync(Keys + $"p IN ({values}) OR n = 20");

        await refused.Should().ThrowAsync<ValidationException>()
            .WithMessage("Too many decomposed read operations for a given query.");
        Names(scanned).Should().Equal("a2");
    }

    [Fact]
    public async Task Consistent_read_of_a_global_index_is_refused()
    {
        var refused = () => Host.Db.ExecuteStatementAsync(
            new(Named("SELECT p FROM \"T\".\"global\" WHERE g = 'G'")) { ConsistentRead = true });

        await refused.Should().ThrowAsync<ValidationException>()
            .WithMessage("Strongly consistent read is not supported on Global Secondary Indexes");
    }

    [Fact]
    public async Task Missing_table_is_not_found()
    {
        var refused = () => ExecuteAsync("SELECT p FROM \"nowhere\"");

        await refused.Should().ThrowAsync<ResourceNotFoundException>().WithMessage("Requested resource not found");
    }

    [Fact]
    public async Task Statement_of_more_than_8192_characters_is_refused()
    {
        var refused = () => ExecuteAsync(Keys + $"p = '{new string('x', 8_192)}'");

        await refused.Should().ThrowAsync<ValidationException>()
            .WithMessage("1 validation error detected: * at 'statement' failed to satisfy constraint: Member must have length less than or equal to 8192");
    }

    private static List<string> Names(ExecuteStatementResponse response) =>
        [.. response.Items.Select(item => $"{((AttributeValue.S)item["p"]).Value}{((AttributeValue.N)item["s"]).Value}")];
}
