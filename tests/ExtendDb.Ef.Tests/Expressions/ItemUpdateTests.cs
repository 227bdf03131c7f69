using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Expressions;

/// <summary>What updates make of one item; every right-hand side sees the item as it was.</summary>
public sealed class ItemUpdateTests
{
    private const string NoPath = "The document path provided in the update expression is invalid for update";
    private const string NoAttribute = "The provided expression refers to an attribute that does not exist in the item";
    private const string WrongType = "An operand in the update expression has an incorrect data type";

    private static readonly AttributeMap Item = ItemJson.Map("""
        {
            "n": {"N": "5"}, "s": {"S": "str"}, "nul": {"NULL": true}, "ss": {"SS": ["p", "x"]}, "ns": {"NS": ["1", "2"]},
            "bs": {"BS": ["YQ=="]}, "l": {"L": [{"N": "0"}, {"N": "1"}, {"N": "2"}, {"N": "3"}]},
            "m": {"M": {"x": {"N": "1"}, "y": {"S": "q"}, "mm": {"M": {"z": {"N": "9"}}}, "l": {"L": [{"N": "7"}]}}},
            "ll": {"L": [{"M": {"k": {"N": "1"}}}, {"L": [{"N": "1"}]}]}
        }
        """);

    [Theory]
    [InlineData("REMOVE l[0]", "l", """{"L":[{"N":"1"},{"N":"2"},{"N":"3"}]}""")]
    [InlineData("REMOVE l[0], l[2]", "l", """{"L":[{"N":"1"},{"N":"3"}]}""")]
    [InlineData("REMOVE l[2], l[0]", "l", """{"L":[{"N":"1"},{"N":"3"}]}""")]
    [InlineData("REMOVE l[1], l[9]", "l", """{"L":[{"N":"0"},{"N":"2"},{"N":"3"}]}""")]
    [InlineData("REMOVE l[0], l[1], l[2], l[3]", "l", """{"L":[]}""")]
    [InlineData("SET l[0] = :s REMOVE l[1]", "l", """{"L":[{"S":"x"},{"N":"2"},{"N":"3"}]}""")]
    [InlineData("SET l[9] = :s REMOVE l[0]", "l", """{"L":[{"N":"1"},{"N":"2"},{"N":"3"},{"S":"x"}]}""")]
    [InlineData("SET l[1] = :s REMOVE l[0], l[2]", "l", """{"L":[{"S":"x"},{"N":"3"}]}""")]
    [InlineData(
        "SET l[9] = :s, l[8] = :n, l[4] = :t", "l",
        """{"L":[{"N":"0"},{"N":"1"},{"N":"2"},{"N":"3"},{"BOOL":true},{"N":"1"},{"S":"x"}]}""")]
    [InlineData(
        "SET l[9] = :s, l[8] = :n REMOVE l[0], l[1]", "l", """{"L":[{"N":"2"},{"N":"3"},{"N":"1"},{"S":"x"}]}""")]
    [InlineData("SET l[9] = :s ADD l[7] :n", "l", """{"L":[{"N":"0"},{"N":"1"},{"N":"2"},{"N":"3"},{"N":"1"},{"S":"x"}]}""")]
    [InlineData("SET l[0] = l[3], l[3] = l[0]", "l", """{"L":[{"N":"3"},{"N":"1"},{"N":"2"},{"N":"0"}]}""")]
    [InlineData("SET l[0] = l[1] + l[2] REMOVE l[2]", "l", """{"L":[{"N":"3"},{"N":"1"},{"N":"3"}]}""")]
    [InlineData("SET n = s, s = n", "n", """{"S":"str"}""")]
    [InlineData("SET n = s, s = n", "s", """{"N":"5"}""")]
    [InlineData("SET n = n + :n, a = n", "a", """{"N":"5"}""")]
    [InlineData("SET a = n REMOVE n", "a", """{"N":"5"}""")]
    [InlineData("SET n = n - :n2", "n", """{"N":"3"}""")]
    [InlineData("SET n = n", "n", """{"N":"5"}""")]
    [InlineData("SET a = :n - n", "a", """{"N":"-4"}""")]
    [InlineData("SET a = (:n + :n2)", "a", """{"N":"3"}""")]
    [InlineData("SET a = if_not_exists(zz, :n) + :n2", "a", """{"N":"3"}""")]
    [InlineData("SET a = if_not_exists(n, :s)", "a", """{"N":"5"}""")]
    [InlineData("SET a = if_not_exists(zz.b.c, :n)", "a", """{"N":"1"}""")]
    [InlineData("SET a = if_not_exists(n.b, if_not_exists(zz, :n2))", "a", """{"N":"2"}""")]
    [InlineData("SET m.l = list_append(m.l, :l)", "m.l", """{"L":[{"N":"7"},{"N":"1"}]}""")]
    [InlineData("SET a = list_append(:l, m.l)", "a", """{"L":[{"N":"1"},{"N":"7"}]}""")]
    [InlineData("SET a = list_append(if_not_exists(zz, :l), :l)", "a", """{"L":[{"N":"1"},{"N":"1"}]}""")]
    [InlineData("SET ll[0].k = :s", "ll", """{"L":[{"M":{"k":{"S":"x"}}},{"L":[{"N":"1"}]}]}""")]
    [InlineData("SET ll[1][5] = :n2", "ll", """{"L":[{"M":{"k":{"N":"1"}}},{"L":[{"N":"1"},{"N":"2"}]}]}""")]
    [InlineData("REMOVE m.mm.z", "m.mm", """{"M":{}}""")]
    [InlineData("REMOVE m.l[0]", "m.l", """{"L":[]}""")]
    [InlineData("ADD n :n", "n", """{"N":"6"}""")]
    [InlineData("ADD zz :n", "zz", """{"N":"1"}""")]
    [InlineData("ADD zz :ss", "zz", """{"SS":["x"]}""")]
    [InlineData("ADD m.mm.z :n", "m.mm.z", """{"N":"10"}""")]
    [InlineData("ADD ss :ss", "ss", """{"SS":["p","x"]}""")]
    [InlineData("ADD bs :bs", "bs", """{"BS":["YQ=="]}""")]
    [InlineData("ADD ns :ns", "ns", """{"NS":["1","2"]}""")]
    [InlineData("ADD l[9] :ss", "l[4]", """{"SS":["x"]}""")]
    [InlineData("DELETE ss :ss", "ss", """{"SS":["p"]}""")]
    [InlineData("DELETE ns :ns", "ns", """{"NS":["2"]}""")]
    public void Update_gives_the_value(string text, string path, string expected)
    {
        var updated = Parsing.Update(text).ApplyTo(Item);

        Parsing.Projection(path).Paths[0].In(updated).Should().Be(ItemJson.Map($$"""{"v":{{expected}}}""")["v"]);
    }

    [Theory]
    [InlineData("REMOVE zz")]
    [InlineData("REMOVE m.zz")]
    [InlineData("REMOVE l[9]")]
    [InlineData("REMOVE ll[0].zz")]
    [InlineData("DELETE zz :ss")]
    [InlineData("DELETE m.zz :ss")]
    [InlineData("DELETE l[9] :ss")]
    [InlineData("SET n = n")]
    [InlineData("ADD ss :ss")]
    public void Update_of_nothing_leaves_the_item_as_it_was(string text)
    {
        var updated = Parsing.Update(text).ApplyTo(Item);

        ((object)updated).Should().Be(Item);
    }

    [Fact]
    public void Set_without_members_is_taken_away()
    {
        var item = Item.With("m", new AttributeMap { ["bs"] = Item["bs"] });

        var updated = Parsing.Update("DELETE bs :bs, m.bs :bs").ApplyTo(item);

        ((object)updated).Should().Be(Item.With("m", new AttributeMap()).Without("bs"));
    }

    [Fact]
    public void Update_of_the_recorded_test_gives_the_recorded_item()
    {
        var item = ItemJson.Map("""
            {"pk":{"S":"key"},"b":{"M":{"a":{"N":"1"},"b":{"N":"2"},"c":{"N":"3"}}},"c":{"L":[{"N":"1"},{"N":"3"}]}}
            """);
        var update = Parsing.Update(
            "set b.c=((c[1])+(b.a)), b.a=pk, c[1]=pk, c[4]=b.a-b.b, c[2]=b.c add c[8] :ss, c[6] :n2");

        var updated = update.ApplyTo(item);

        ((object)updated).Should().Be(ItemJson.Map("""
            {
                "pk":{"S":"key"},"b":{"M":{"a":{"S":"key"},"b":{"N":"2"},"c":{"N":"4"}}},
                "c":{"L":[{"N":"1"},{"S":"key"},{"N":"3"},{"N":"-1"},{"N":"2"},{"SS":["x"]}]}
            }
            """));
        ((object)update.Touched.Of(updated)).Should().Be(ItemJson.Map("""
            {"b":{"M":{"a":{"S":"key"},"c":{"N":"4"}}},"c":{"L":[{"S":"key"},{"N":"3"},{"N":"2"}]}}
            """));
    }

    [Theory]
    [InlineData("SET a = zz", NoAttribute)]
    [InlineData("SET a = n.x", NoAttribute)]
    [InlineData("SET a = l[9]", NoAttribute)]
    [InlineData("SET a = zz + :n", NoAttribute)]
    [InlineData("SET a = n + zz", NoAttribute)]
    [InlineData("SET a = list_append(zz, :l)", NoAttribute)]
    [InlineData("SET a = if_not_exists(zz, yy)", NoAttribute)]
    [InlineData("SET a = if_not_exists(n, yy)", NoAttribute)]
    [InlineData("SET a = s + :n", WrongType)]
    [InlineData("SET a = ss + :n", WrongType)]
    [InlineData("SET a = if_not_exists(s, :n) + :n", WrongType)]
    [InlineData("SET a = list_append(n, :l)", WrongType)]
    [InlineData("SET a = list_append(:l, ss)", WrongType)]
    [InlineData("SET a = list_append(l, m)", WrongType)]
    [InlineData("SET a = list_append(if_not_exists(zz, :n), :l)", WrongType)]
    [InlineData("ADD s :n", WrongType)]
    [InlineData("ADD n :ss", WrongType)]
    [InlineData("ADD ss :n", WrongType)]
    [InlineData("ADD ss :ns", WrongType)]
    [InlineData("ADD ss :bs", WrongType)]
    [InlineData("ADD m :n", WrongType)]
    [InlineData("ADD l :n", WrongType)]
    [InlineData("ADD nul :n", WrongType)]
    [InlineData("ADD m.y :n", WrongType)]
    [InlineData("DELETE ss :ns", WrongType)]
    [InlineData("DELETE s :ss", WrongType)]
    [InlineData("DELETE n :ns", WrongType)]
    [InlineData("DELETE m :ss", WrongType)]
    [InlineData("DELETE l[0] :ns", WrongType)]
    [InlineData("DELETE m.x :ss", WrongType)]
    [InlineData("SET zz.a = :n", NoPath)]
    [InlineData("SET zz[0] = :n", NoPath)]
    [InlineData("SET n.a = :n", NoPath)]
    [InlineData("SET n[0] = :n", NoPath)]
    [InlineData("SET s.a = :n", NoPath)]
    [InlineData("SET ss.a = :n", NoPath)]
    [InlineData("SET nul.a = :n", NoPath)]
    [InlineData("SET l.a = :n", NoPath)]
    [InlineData("SET m[0] = :n", NoPath)]
    [InlineData("SET m.zz.a = :n", NoPath)]
    [InlineData("SET m.x.a = :n", NoPath)]
    [InlineData("SET l[1].a = :n", NoPath)]
    [InlineData("SET l[9].a = :n", NoPath)]
    [InlineData("REMOVE zz.a", NoPath)]
    [InlineData("REMOVE zz[0]", NoPath)]
    [InlineData("REMOVE n.a", NoPath)]
    [InlineData("REMOVE l.a", NoPath)]
    [InlineData("REMOVE m[0]", NoPath)]
    [InlineData("REMOVE m.zz.a", NoPath)]
    [InlineData("REMOVE l[9].a", NoPath)]
    [InlineData("ADD m.x.y :n", NoPath)]
    [InlineData("ADD zz.a :n", NoPath)]
    [InlineData("DELETE zz.a :ss", NoPath)]
    [InlineData("DELETE m.x.y :ss", NoPath)]
    [InlineData("SET zz.a = yy", NoPath)]
    [InlineData("SET zz.a = n + s", NoPath)]
    [InlineData("SET l[9].b = yy", NoPath)]
    [InlineData("SET b.c = yy REMOVE zz.a", NoPath)]
    [InlineData("SET zz.b = :n, a = yy", NoAttribute)]
    [InlineData("SET zz.b = n, a = n + s", WrongType)]
    [InlineData("REMOVE zz.a SET b = yy", NoAttribute)]
    public void Update_that_does_not_suit_the_item_is_refused(string text, string message)
    {
        var update = Parsing.Update(text);

        var apply = () => update.ApplyTo(Item);

        apply.Should().Throw<ValidationException>().Which.Message.Should().Be(message);
    }

    [Theory]
    [InlineData("SET a = :n", true)]
    [InlineData("ADD a :n", true)]
    [InlineData("REMOVE a", false)]
    [InlineData("DELETE a :ss", false)]
    [InlineData("REMOVE a DELETE b :ss", false)]
    [InlineData("REMOVE a SET b = :n", true)]
    public void Update_that_only_takes_away_makes_no_item(string text, bool creates)
    {
        Parsing.Update(text).Creates.Should().Be(creates);
    }

    [Theory]
    [InlineData("SET m.x = :n2", """{"m":{"M":{"x":{"N":"1"}}}}""", """{"m":{"M":{"x":{"N":"2"}}}}""")]
    [InlineData("SET zz = :n", "{}", """{"zz":{"N":"1"}}""")]
    [InlineData("REMOVE n", """{"n":{"N":"5"}}""", "{}")]
    [InlineData("REMOVE zz", "{}", "{}")]
    [InlineData("SET l[3] = :s, l[1] = :n2", """{"l":{"L":[{"N":"1"},{"N":"3"}]}}""", """{"l":{"L":[{"N":"2"},{"S":"x"}]}}""")]
    [InlineData("SET l[9] = :s", "{}", "{}")]
    [InlineData("SET m.x = :n2 REMOVE m.y", """{"m":{"M":{"x":{"N":"1"},"y":{"S":"q"}}}}""", """{"m":{"M":{"x":{"N":"2"}}}}""")]
    [InlineData("SET ll[0].k = :s", """{"ll":{"L":[{"M":{"k":{"N":"1"}}}]}}""", """{"ll":{"L":[{"M":{"k":{"S":"x"}}}]}}""")]
    [InlineData("DELETE bs :bs ADD m.mm.z :n", """{"bs":{"BS":["YQ=="]},"m":{"M":{"mm":{"M":{"z":{"N":"9"}}}}}}""", """{"m":{"M":{"mm":{"M":{"z":{"N":"10"}}}}}}""")]
    public void Touched_parts_are_those_of_the_paths_alone(string text, string before, string after)
    {
        var update = Parsing.Update(text);

        var touched = (update.Touched.Of(Item), update.Touched.Of(update.ApplyTo(Item)));

        touched.Should().Be((ItemJson.Map(before), ItemJson.Map(after)));
    }
}
