using System.Text.Json;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.PartiQl;

public class WriteStatementTests(OperationsFixture database) : StatementTests(database)
{
    private const string Update = "UPDATE \"S\" ";
    private const string Key = " WHERE id = 'u'";

    private static readonly AttributeMap Stored = new()
    {
        ["id"] = "u",
        ["n"] = 1,
        ["str"] = "x",
        ["li"] = new AttributeValue.L(1, 2),
        ["m"] = new AttributeMap { ["a"] = 1, ["b"] = new AttributeValue.L(5) },
        ["ss"] = new AttributeValue.SS("a", "b"),
        ["ns"] = new AttributeValue.NS(DynamoNumber.Parse("1"), DynamoNumber.Parse("2")),
    };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Host.PutAsync(Simple, Stored);
    }

    [Theory]
    [InlineData("SET n = 2", "n", """{"N":"2"}""")]
    [InlineData("set \"n\" = 2", "n", """{"N":"2"}""")]
    [InlineData("SET n = n + 1", "n", """{"N":"2"}""")]
    [InlineData("SET n = 5 - n", "n", """{"N":"4"}""")]
    [InlineData("SET n = n + 1 - 3 + n", "n", """{"N":"0"}""")]
    [InlineData("SET n = 1 - (n - 2)", "n", """{"N":"2"}""")]
    [InlineData("SET n = n - -1", "n", """{"N":"2"}""")]
    [InlineData("SET n = if_not_exists(n, 7) + 1", "n", """{"N":"2"}""")]
    [InlineData("SET z = if_not_exists(z, 7)", "z", """{"N":"7"}""")]
    [InlineData("SET z = n SET n = 9", "z", """{"N":"1"}""")]
    [InlineData("SET n = 9, z = n", "z", """{"N":"1"}""")]
    [InlineData("SET li = list_append(li, [3, 'x'])", "li", """{"L":[{"N":"1"},{"N":"2"},{"N":"3"},{"S":"x"}]}""")]
    [InlineData("SET li = LIST_APPEND([0], li)", "li", """{"L":[{"N":"0"},{"N":"1"},{"N":"2"}]}""")]
    [InlineData("SET z = list_append(if_not_exists(z, []), [1])", "z", """{"L":[{"N":"1"}]}""")]
    [InlineData("SET li[0] = 9", "li", """{"L":[{"N":"9"},{"N":"2"}]}""")]
    [InlineData("SET li[7] = 9", "li", """{"L":[{"N":"1"},{"N":"2"},{"N":"9"}]}""")]
    [InlineData("SET m.a = m.a + 1", "m", """{"M":{"a":{"N":"2"},"b":{"L":[{"N":"5"}]}}}""")]
    [InlineData("SET m['c'] = 3 REMOVE m.a REMOVE m.b[0]", "m", """{"M":{"b":{"L":[]},"c":{"N":"3"}}}""")]
    [InlineData("SET ss = set_add(ss, <<'c', 'a'>>)", "ss", """{"SS":["a","b","c"]}""")]
    [InlineData("SET ns = SET_ADD(ns, <<3>>)", "ns", """{"NS":["1","2","3"]}""")]
    [InlineData("SET z = set_add(z, <<'c'>>)", "z", """{"SS":["c"]}""")]
    [InlineData("SET ss = set_delete(ss, <<'a', 'z'>>)", "ss", """{"SS":["b"]}""")]
    [InlineData("SET ss = set_delete(ss, <<'a', 'b'>>)", "ss", null)]
    [InlineData("SET z = set_delete(z, <<'a'>>)", "z", null)]
    [InlineData("REMOVE str", "str", null)]
    [InlineData("REMOVE nope", "nope", null)]
    [InlineData("REMOVE li[0]", "li", """{"L":[{"N":"2"}]}""")]
    [InlineData("SET z = {'a': [1, <<2>>, {}], 'b': NULL, 'c': true}", "z", """{"M":{"a":{"L":[{"N":"1"},{"NS":["2"]},{"M":{}}]},"b":{"NULL":true},"c":{"BOOL":true}}}""")]
    [InlineData("SET z = ''", "z", """{"S":""}""")]
    [InlineData("SET z = -1.50e2", "z", """{"N":"-150"}""")]
    [InlineData("SET z = .5", "z", """{"N":"0.5"}""")]
    public async Task Update_changes_what_it_names(string changes, string attribute, string? value)
    {
        var updated = await ExecuteAsync(Update + changes + Key);

        updated.Items.Should().BeEmpty();
        var item = await Host.GetAsync(Simple, new() { ["id"] = "u" });
        (item!.TryGetValue(attribute, out var now) ? now : null)
            .Should().Be(value is null ? null : JsonSerializer.Deserialize<AttributeValue>(value));
        item.Where(a => !changes.Contains(a.Key, StringComparison.Ordinal))
            .Should().BeEquivalentTo(Stored.Where(a => !changes.Contains(a.Key, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("id = 'u' AND n = 1")]
    [InlineData("id = 'u' AND (n = 2 OR str = 'x')")]
    [InlineData("(id = 'u' AND attribute_exists(n)) AND z IS MISSING")]
    [InlineData("'u' = id AND id = 'u'")]
    public async Task Update_is_made_when_its_condition_holds(string where)
    {
        await ExecuteAsync(Update + "SET z = 1 WHERE " + where);
        await ExecuteAsync($"FROM \"S\" WHERE {where.Replace(" AND z IS MISSING", "", StringComparison.Ordinal)} SET y = ?", 2);

        (await Host.GetAsync(Simple, new() { ["id"] = "u" })).Should().Equal(Stored.With("z", 1).With("y", 2));
    }

    [Theory]
    [InlineData("id = 'u' AND n = 2")]
    [InlineData("id = 'u' AND attribute_not_exists(n)")]
    [InlineData("id = 'u' AND NOT str = 'x'")]
    [InlineData("id = 'none'")]
    [InlineData("id = 'none' AND attribute_not_exists(id)")]
    public async Task Update_is_refused_when_its_condition_is_false_or_the_item_missing(string where)
    {
        var before = await StoredAsync();

        var setting = () => ExecuteAsync(Update + "SET z = 1 WHERE " + where);
        var removing = () => ExecuteAsync(Update + "REMOVE n WHERE " + where);

        await setting.Should().ThrowAsync<ConditionalCheckFailedException>().WithMessage("The conditional request failed");
        await removing.Should().ThrowAsync<ConditionalCheckFailedException>();
        (await StoredAsync()).Should().Be(before);
    }

    [Theory]
    [InlineData("SET n = 2", "ALL OLD", null)]
    [InlineData("SET n = 2", "MODIFIED OLD", """{"n":{"N":"1"}}""")]
    [InlineData("SET n = 2, z = 3", "MODIFIED NEW", """{"n":{"N":"2"},"z":{"N":"3"}}""")]
    [InlineData("SET n = 2, z = 3", "MODIFIED OLD", """{"n":{"N":"1"}}""")]
    [InlineData("SET m.a = 2", "MODIFIED NEW", """{"m":{"M":{"a":{"N":"2"}}}}""")]
    [InlineData("SET m.z = 2", "MODIFIED OLD", "")]
    [InlineData("REMOVE n", "MODIFIED NEW", "")]
    public async Task Returning_tells_the_item_before_or_after(string changes, string returning, string? item)
    {
        var updated = await ExecuteAsync($"{Update}{changes}{Key} RETURNING {returning} *");

        updated.Items.Should().Equal(
            item is null ? [Stored] : item.Length == 0 ? [] : [JsonSerializer.Deserialize<AttributeMap>(item)!]);
    }

    [Fact]
    public async Task Returning_all_new_tells_the_whole_item()
    {
        var updated = await ExecuteAsync($"{Update}SET n = ?{Key} RETURNING ALL NEW *", 7);

        updated.Items.Should().Equal(Stored.With("n", 7));
    }

    [Theory]
    [InlineData("{'id': 'new', 'a': 1}", """{"id":{"S":"new"},"a":{"N":"1"}}""")]
    [InlineData("{'id': ?, 'a': ?}", """{"id":{"S":"new"},"a":{"S":"x"}}""")]
    [InlineData("{'id': 'new'}", """{"id":{"S":"new"}}""")]
    [InlineData("{ 'id' : 'new' , 'b' : { 'x' : [ <<'a'>> , <<1, -1>> , false , null ] } } ;", """{"id":{"S":"new"},"b":{"M":{"x":{"L":[{"SS":["a"]},{"NS":["-1","1"]},{"BOOL":false},{"NULL":true}]}}}}""")]
    [InlineData("{'id': 'new', 'it''s': 'a--b /*c*/'} -- done", """{"id":{"S":"new"},"it's":{"S":"a--b /*c*/"}}""")]
    [InlineData("{'id': 'new', 'n': - -3, 'e': 1E-2, 'z': 0042.10}", """{"id":{"S":"new"},"n":{"N":"3"},"e":{"N":"0.01"},"z":{"N":"42.1"}}""")]
    public async Task Insert_creates_an_item(string item, string stored)
    {
        var inserted = await ExecuteAsync(
            $"INSERT INTO \"S\" VALUE {item}", item.Contains('?', StringComparison.Ordinal) ? ["new", "x"] : []);

        inserted.Items.Should().BeEmpty();
        (await Host.GetAsync(Simple, new() { ["id"] = "new" })).Should().Equal(JsonSerializer.Deserialize<AttributeMap>(stored));
    }

    [Fact]
    public async Task Insert_replaces_nothing()
    {
        var inserting = () => ExecuteAsync("INSERT INTO \"S\" VALUE {'id': 'u', 'n': 5}");

        await inserting.Should().ThrowAsync<DuplicateItemException>().WithMessage("Duplicate primary key exists in table");
        (await Host.GetAsync(Simple, new() { ["id"] = "u" })).Should().Equal(Stored);
    }

    [Fact]
    public async Task Of_inserts_of_one_item_at_once_one_succeeds()
    {
        var inserts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await ExecuteAsync("INSERT INTO \"S\" VALUE {'id': 'raced', 'n': ?}", i);
                return true;
            }
            catch (DuplicateItemException)
            {
                return false;
            }
        }));

        inserts.Count(succeeded => succeeded).Should().Be(1);
    }

    [Theory]
    [InlineData("DELETE FROM \"S\" WHERE id = 'u'")]
    [InlineData("DELETE FROM \"S\" WHERE id = 'u' AND n = 1")]
    [InlineData("delete from \"S\" where 'u' = id and (n = 1 or n = 2);")]
    [InlineData("DELETE FROM \"S\" WHERE id = 'u' AND size(li) = 2 AND z IS MISSING")]
    public async Task Delete_removes_the_item(string statement)
    {
        var deleted = await ExecuteAsync(statement);

        deleted.Items.Should().BeEmpty();
        (await Host.GetAsync(Simple, new() { ["id"] = "u" })).Should().BeNull();
    }

    [Theory]
    [InlineData("id = 'none'")]
    [InlineData("id = 'none' AND n = 1")]
    [InlineData("id = 'none' AND attribute_exists(id)")]
    public async Task Delete_of_a_missing_item_does_nothing(string where)
    {
        var before = await StoredAsync();

        var deleted = await ExecuteAsync($"DELETE FROM \"S\" WHERE {where} RETURNING ALL OLD *");

        deleted.Items.Should().BeEmpty();
        (await StoredAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Delete_tells_what_it_deleted_or_the_item_for_which_its_condition_is_false()
    {
        var refused = () => Host.Db.ExecuteStatementAsync(new(Named("DELETE FROM \"S\" WHERE id = 'u' AND n = 2"))
        {
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        });

        (await refused.Should().ThrowAsync<ConditionalCheckFailedException>()).Which.Item.Should().Equal(Stored);
        (await ExecuteAsync("DELETE FROM \"S\" WHERE id = 'u' RETURNING ALL OLD *")).Items.Should().Equal(Stored);
    }

    [Theory]
    [InlineData("UPDATE \"T\" SET n = 5, g = 'H' WHERE p = 'a' AND s = 1", 4)]
    [InlineData("INSERT INTO \"T\" VALUE {'p': 'c', 's': 1}", 1)]
    [InlineData("DELETE FROM \"T\" WHERE p = 'a' AND s = 3", 1)]
    [InlineData("DELETE FROM \"T\" WHERE p = 'z' AND s = 3", 1)]
    public async Task Capacity_is_that_of_the_write(string statement, double atLeast)
    {
        var written = await Host.Db.ExecuteStatementAsync(
            new(Named(statement)) { ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL });

        written.ConsumedCapacity!.TableName.Should().Be(Table);
        written.ConsumedCapacity.CapacityUnits.Should().BeGreaterThanOrEqualTo(atLeast);
    }

    [Fact]
    public async Task Written_items_reach_the_indexes()
    {
        await ExecuteAsync("INSERT INTO \"T\" VALUE {'p': 'c', 's': 9, 'g': 'N'}");
        await ExecuteAsync("UPDATE \"T\" SET g = 'N' WHERE p = 'b' AND s = 1");
        await ExecuteAsync("DELETE FROM \"T\" WHERE p = 'a' AND s = 1");
        await Host.DrainAsync();

        var ofNew = await ExecuteAsync("SELECT p FROM \"T\".\"global\" WHERE g = 'N'");
        var ofOld = await ExecuteAsync("SELECT s FROM \"T\".\"global\" WHERE g = 'G'");

        ofNew.Items.Should().Equal(new AttributeMap { ["p"] = "b" }, new AttributeMap { ["p"] = "c" });
        ofOld.Items.Should().Equal(new AttributeMap { ["s"] = 2 });
    }

    [Theory]
    [InlineData("UPDATE \"S\" SET WHERE id = 'u'", "Statement wasn't well formed, can't be processed: *")]
    [InlineData("UPDATE \"S\" SET n = WHERE id = 'u'", "Statement wasn't well formed, can't be processed: *")]
    [InlineData("UPDATE \"S\" SET n WHERE id = 'u'", "Statement wasn't well formed, can't be processed: *")]
    [InlineData("UPDATE \"S\" WHERE id = 'u'", "Statement wasn't well formed, can't be processed: *")]
    [InlineData("UPDATE \"S\" ADD n 1 WHERE id = 'u'", "Statement wasn't well formed, can't be processed: *")]
    [InlineData("UPDATE \"S\" REMOVE n, str WHERE id = 'u'", "Statement wasn't well formed, can't be processed: *")]
    [InlineData("UPDATE \"S\" SET n = 9 WHERE id = 'u' foo", "Statement wasn't well formed, can't be processed: Unexpected token after expression")]
    [InlineData("FROM \"S\" SET n = 9 WHERE id = 'u'", "Statement wasn't well formed, can't be processed: Unexpected token after expression")]
    [InlineData("UPDATE \"S\" t SET n = 9 WHERE id = 'u'", "Aliasing is not supported")]
    [InlineData("UPDATE \"S\" SET n = 9", "Where clause does not contain a mandatory equality on all key attributes")]
    [InlineData("FROM \"S\" SET n = 9", "Where clause does not contain a mandatory equality on all key attributes")]
    [InlineData("UPDATE \"S\" SET n = 9 WHERE n = 1", "Where clause does not contain a mandatory equality on all key attributes")]
    [InlineData("UPDATE \"S\" SET n = 9 WHERE id = 'u' OR n = 1", "Where clause does not contain a mandatory equality on all key attributes")]
    [InlineData("UPDATE \"S\" SET n = 9 WHERE id IN ['u']", "Where clause does not contain a mandatory equality on all key attributes")]
    [InlineData("UPDATE \"T\" SET n = 9 WHERE p = 'a'", "Where clause does not contain a mandatory equality on all key attributes")]
    [InlineData("UPDATE \"S\" SET n = 9 WHERE id = 'u' AND id = 'x'", "Multiple conditions on same key id. Only single item Update/Insert/Delete are supported")]
    [InlineData("UPDATE \"S\" SET n = 9 WHERE id = 1", "Key attribute's data type should match its data type in table's schema: Key id")]
    [InlineData("UPDATE \"S\" SET n = 9 WHERE id = ''", "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id")]
    [InlineData("UPDATE \"T\".\"global\" SET n = 9 WHERE p = 'a' AND s = 1", "This operation is not supported on an index")]
    [InlineData("UPDATE \"S\" SET id = 'x' WHERE id = 'u'", "One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key")]
    [InlineData("UPDATE \"T\" SET g = 5 WHERE p = 'a' AND s = 1", "One or more parameter values were invalid: Type mismatch for Index Key g *")]
    [InlineData("UPDATE \"S\" SET n = n * 2 WHERE id = 'u'", "Unsupported operator in Update Expression. Operator: [*]")]
    [InlineData("UPDATE \"S\" SET n = size(li) WHERE id = 'u'", "The function is not allowed in an update expression; function: size")]
    [InlineData("UPDATE \"S\" SET n = foo(li) WHERE id = 'u'", "Unrecognized function: foo at *")]
    [InlineData("UPDATE \"S\" SET n = n IS NULL WHERE id = 'u'", "IS operator is not supported in update expressions")]
    [InlineData("UPDATE \"S\" SET n = -n WHERE id = 'u'", "Incorrect number of operands for operator or function; operator or function: -, number of operands: 1")]
    [InlineData("UPDATE \"S\" SET n = n + 'a' WHERE id = 'u'", "Incorrect operand type for operator or function; operator or function: +, operand type: S")]
    [InlineData("UPDATE \"S\" SET n = str + 1 WHERE id = 'u'", "An operand in the update expression has an incorrect data type")]
    [InlineData("UPDATE \"S\" SET n = list_append(li, 1) WHERE id = 'u'", "Incorrect operand type for operator or function; operator or function: list_append, operand type: N")]
    [InlineData("UPDATE \"S\" SET n = nope WHERE id = 'u'", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("UPDATE \"S\" SET n.a.b = 1 WHERE id = 'u'", "The document path provided in the update expression is invalid for update")]
    [InlineData("UPDATE \"S\" SET n = 2 SET n = 3 WHERE id = 'u'", "Two document paths overlap with each other; *")]
    [InlineData("UPDATE \"S\" SET n = set_add(ss, <<'c'>>) WHERE id = 'u'", "The first argument to SET_ADD must equal the assignment value at *")]
    [InlineData("UPDATE \"S\" SET ss = set_add(ss, 'c') WHERE id = 'u'", "The second argument to SET_ADD must be a value with type SET at *")]
    [InlineData("UPDATE \"S\" SET ss = set_delete(ss) WHERE id = 'u'", "SET_DELETE must have exactly two arguments at *")]
    [InlineData("UPDATE \"S\" SET ss = set_add(ss, <<1>>) WHERE id = 'u'", "An operand in the update expression has an incorrect data type")]
    [InlineData("UPDATE \"S\" SET ss = <<>> WHERE id = 'u'", "Empty bags are not supported")]
    [InlineData("UPDATE \"S\" SET ss = <<1, 'a'>> WHERE id = 'u'", "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags")]
    [InlineData("UPDATE \"S\" SET ss = <<'a', 'a'>> WHERE id = 'u'", "One or more parameter values were invalid: Input collection [a, a] contains duplicates.")]
    [InlineData("UPDATE \"S\" SET ns = <<2, 2.0>> WHERE id = 'u'", "One or more parameter values were invalid: Input collection [2, 2.0] contains duplicates! under root")]
    [InlineData("UPDATE \"S\" SET n = {a: 1} WHERE id = 'u'", "Tuple keys must be of type String. Actual type: VariableReference under root at *")]
    [InlineData("UPDATE \"S\" SET n = {'a': 1, 'a': 2} WHERE id = 'u'", "Duplicate keys in tuple. Key: a under root at *")]
    [InlineData("UPDATE \"S\" SET n = [str] WHERE id = 'u'", "Unsupported data type: str under key root[0] at *")]
    [InlineData("UPDATE \"S\" SET n = 9 WHERE id = 'u' RETURNING ALL NEW n", "Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause")]
    [InlineData("UPDATE \"S\" SET n = 9 WHERE id = 'u' RETURNING NEW *", "Statement wasn't well formed, can't be processed: *")]
    [InlineData("INSERT INTO \"S\" VALUE {'a': 1}", "Key attribute should be present in the item: Key id")]
    [InlineData("INSERT INTO \"S\" VALUE {'id': 1}", "Key attribute's data type should match its data type in table's schema: Key id")]
    [InlineData("INSERT INTO \"S\" VALUE {'id': ''}", "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id")]
    [InlineData("INSERT INTO \"S\" VALUE [1]", "Unsupported format in item expression. Please use struct format {...} to express item values for insert statement. at *")]
    [InlineData("INSERT INTO \"S\" VALUES {'id': 'x'}", "Statement wasn't well formed, can't be processed: *")]
    [InlineData("INSERT INTO \"S\" VALUE {'id': 'v'} RETURNING ALL OLD *", "RETURNING is not supported in INSERT")]
    [InlineData("INSERT INTO \"S\" t VALUE {'id': 'v'}", "Statement wasn't well formed, can't be processed: Unexpected token after expression")]
    [InlineData("INSERT INTO \"S\" <<{'id': 'v'}>>", "Unsupported operation: Inserting multiple items in a single statement is not supported, *")]
    [InlineData("INSERT INTO \"S\" VALUE {'id': 'v', 'id': 'w'}", "Duplicate keys in tuple. Key: id under root at *")]
    [InlineData("INSERT INTO \"S\" VALUE {'id': 'v', 'x': n}", "Unsupported data type: n under key root at *")]
    [InlineData("INSERT INTO \"S\" VALUE {'id': 'v', 'x': MISSING}", "Unsupported data type: MISSING under key root at *")]
    [InlineData("INSERT INTO \"S\" VALUE {'id': 'v', '': 1}", "Path component cannot be an empty string")]
    [InlineData("INSERT INTO \"T\".\"global\" VALUE {'p': 'v', 's': 1}", "FROM clause may only contain a single table name in data manipulation statements")]
    [InlineData("INSERT INTO \"T\" VALUE {'p': 'v', 's': 1, 'g': 1}", "One or more parameter values were invalid: Type mismatch for Index Key g *")]
    [InlineData("INSERT INTO \"S\" VALUE {'id': 'v', 'm': {'x': 1e126}}", "Number overflow. * under root.x")]
    [InlineData("DELETE FROM \"S\"", "Where clause does not contain a mandatory equality on all key attributes")]
    [InlineData("DELETE FROM \"S\" WHERE n = 1", "Where clause does not contain a mandatory equality on all key attributes")]
    [InlineData("DELETE FROM \"S\" WHERE id = 'u' ORDER BY id", "Statement wasn't well formed, can't be processed: Unexpected token after expression")]
    [InlineData("DELETE FROM", "Statement wasn't well formed, can't be processed: Expected identifier for simple path")]
    [InlineData("DELETE FROM \"T\".\"global\" WHERE p = 'a' AND s = 1", "This operation is not supported on an index")]
    [InlineData("DELETE FROM \"S\" WHERE id = 'u' RETURNING ALL NEW *", "Invalid returning clause: RETURNING ALL NEW [*]. Only RETURNING ALL OLD [*] is allowed in DELETE statements.")]
    [InlineData("DELETE FROM \"S\" WHERE id = 'u' RETURNING MODIFIED OLD *", "Invalid returning clause: RETURNING MODIFIED OLD [*]. Only RETURNING ALL OLD [*] is allowed in DELETE statements.")]
    public async Task Broken_rule_is_refused_and_nothing_is_written(string statement, string message)
    {
        var before = await StoredAsync();

        var refused = () => ExecuteAsync(statement);

        (await refused.Should().ThrowExactlyAsync<ValidationException>()).WithMessage(message.Replace("[*]", "*", StringComparison.Ordinal));
        (await StoredAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Literal_of_32_levels_is_refused_and_one_of_31_is_stored()
    {
        var (open, close) = (string.Concat(Enumerable.Repeat("{'a':", 31)), new string('}', 31));

        await ExecuteAsync(Update + $"SET z = {open}1{close}" + Key);
        var refused = () => ExecuteAsync(Update + $"SET z = {{'a':{open}1{close}}}" + Key);

        await refused.Should().ThrowAsync<ValidationException>()
            .WithMessage("Nesting Levels have exceeded supported limits under root" + string.Concat(Enumerable.Repeat(".a", 32)));
    }

    [Theory]
    [InlineData("UPDATE \"nowhere\" SET n = 9 WHERE id = 'u'")]
    [InlineData("INSERT INTO \"nowhere\" VALUE {'id': 'u'}")]
    [InlineData("DELETE FROM \"nowhere\" WHERE id = 'u'")]
    public async Task Missing_table_is_not_found(string statement)
    {
        var refused = () => ExecuteAsync(statement);

        await refused.Should().ThrowAsync<ResourceNotFoundException>().WithMessage("Requested resource not found");
    }
}
