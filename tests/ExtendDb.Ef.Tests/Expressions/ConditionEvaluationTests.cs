using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Expressions;

/// <summary>What conditions say of one item, also of attributes that it lacks or that have another type.</summary>
public sealed class ConditionEvaluationTests
{
    private static readonly AttributeMap Item = ItemJson.Map("""
        {
            "n": {"N": "5"}, "n50": {"N": "5.0"}, "s": {"S": "str"}, "sx": {"S": "x"}, "es": {"S": ""}, "u": {"S": "é😀"},
            "b": {"B": "YWJj"}, "eb": {"B": ""}, "t": {"BOOL": true}, "f": {"BOOL": false}, "nul": {"NULL": true},
            "ss": {"SS": ["x", "y"]}, "ss2": {"SS": ["y", "x"]}, "ns": {"NS": ["1", "2"]}, "ns2": {"NS": ["2.0", "1"]},
            "bs": {"BS": ["YWJj", "YQ=="]}, "m": {"M": {"x": {"N": "1"}, "y": {"S": "q"}}}, "el": {"L": []},
            "l": {"L": [{"N": "1"}, {"S": "x"}, {"L": [{"N": "7"}]}, {"SS": ["x", "y"]}]}
        }
        """);

    private static readonly Dictionary<string, AttributeValue> Values = ItemJson.Map("""
        {
            ":n": {"N": "1"}, ":n0": {"N": "0"}, ":n2": {"N": "2"}, ":n3": {"N": "3"}, ":n4": {"N": "4"}, ":n9": {"N": "9"},
            ":5": {"N": "5"}, ":5e": {"N": "0.5e1"}, ":s": {"S": "x"}, ":sz": {"S": "zz"}, ":es": {"S": ""}, ":st": {"S": "st"},
            ":tr": {"S": "tr"}, ":sn": {"S": "N"}, ":t": {"BOOL": true}, ":f": {"BOOL": false}, ":nul": {"NULL": true},
            ":bab": {"B": "YWI="}, ":bb": {"B": "Yg=="}, ":babc": {"B": "YWJj"}, ":ss": {"SS": ["y", "x"]},
            ":ss2": {"SS": ["x", "y"]}, ":sse": {"SS": ["e"]}, ":ns2": {"NS": ["2", "1.0"]}, ":l": {"L": [{"N": "1"}]},
            ":l2": {"L": [{"N": "7.0"}]}, ":m2": {"M": {"y": {"S": "q"}, "x": {"N": "1.0"}}}
        }
        """).ToDictionary(value => value.Key, value => value.Value);

    [Theory]
    [InlineData("zz = :n", false)]
    [InlineData("zz <> :n", true)]
    [InlineData("zz < :n", false)]
    [InlineData("zz >= :n", false)]
    [InlineData("NOT zz = :n", true)]
    [InlineData("NOT zz < :n", true)]
    [InlineData("zz in (:n)", false)]
    [InlineData("NOT zz in (:n)", true)]
    [InlineData("zz between :n and :n2", false)]
    [InlineData("NOT zz between :n and :n2", true)]
    [InlineData("n between zz and :n2", false)]
    [InlineData("n <> zz", true)]
    [InlineData("zz <> yy", true)]
    [InlineData("zz = yy", false)]
    [InlineData("NOT zz = yy", true)]
    [InlineData("contains(zz,:s)", false)]
    [InlineData("NOT contains(zz,:s)", true)]
    [InlineData("contains(s,zz)", false)]
    [InlineData("NOT contains(s,zz)", true)]
    [InlineData("begins_with(zz,:s)", false)]
    [InlineData("begins_with(s,zz)", false)]
    [InlineData("size(zz) > :n", false)]
    [InlineData("size(zz) <> :n", true)]
    [InlineData("NOT size(zz) = :n", true)]
    [InlineData("size(zz) = size(yy)", false)]
    [InlineData("size(zz) <> size(yy)", true)]
    [InlineData("attribute_type(zz,:sn)", false)]
    [InlineData("NOT attribute_type(zz,:sn)", true)]
    [InlineData("attribute_exists(zz)", false)]
    [InlineData("attribute_not_exists(zz)", true)]
    [InlineData("attribute_not_exists(zz.a[0])", true)]
    [InlineData("attribute_exists(n.a)", false)]
    [InlineData("attribute_not_exists(n[0])", true)]
    [InlineData("m.zz <> :n", true)]
    [InlineData("l[9] <> :n", true)]
    [InlineData("n in (zz, :5)", true)]
    [InlineData("zz in (yy)", false)]
    [InlineData("n = :s", false)]
    [InlineData("n <> :s", true)]
    [InlineData("n < :s", false)]
    [InlineData("NOT n < :s", true)]
    [InlineData("n > :s", false)]
    [InlineData("s < :n", false)]
    [InlineData("n in (:s,:5)", true)]
    [InlineData("n = :5", true)]
    [InlineData("n = :5e", true)]
    [InlineData("n = n50", true)]
    [InlineData("n <> n50", false)]
    [InlineData("n in (:5e)", true)]
    [InlineData("ss = ss2", true)]
    [InlineData("ss = :ss2", true)]
    [InlineData("ss <> ss2", false)]
    [InlineData("ns = ns2", true)]
    [InlineData("ns = :ns2", true)]
    [InlineData("m = :m2", true)]
    [InlineData("m <> :m2", false)]
    [InlineData("l = :l2", false)]
    [InlineData("nul = :nul", true)]
    [InlineData("nul <> :nul", false)]
    [InlineData("t = :t", true)]
    [InlineData("t = :f", false)]
    [InlineData("f <> :t", true)]
    [InlineData("t < s", false)]
    [InlineData("NOT t < s", true)]
    [InlineData("l < m", false)]
    [InlineData("ss > ns", false)]
    [InlineData("s < b", false)]
    [InlineData("es = :es", true)]
    [InlineData("es < :s", true)]
    [InlineData("begins_with(s,:es)", true)]
    [InlineData("contains(s,:es)", true)]
    [InlineData("begins_with(es,:es)", true)]
    [InlineData("begins_with(eb, :bab)", false)]
    [InlineData("begins_with(b,:bab)", true)]
    [InlineData("begins_with(b,:st)", false)]
    [InlineData("begins_with(s,:bab)", false)]
    [InlineData("begins_with(s,:st)", true)]
    [InlineData("begins_with(n,:st)", false)]
    [InlineData("begins_with(l,:st)", false)]
    [InlineData("contains(s,:tr)", true)]
    [InlineData("contains(s,:n)", false)]
    [InlineData("contains(s,:bb)", false)]
    [InlineData("contains(b,:bb)", true)]
    [InlineData("contains(b,:st)", false)]
    [InlineData("contains(ss,:s)", true)]
    [InlineData("contains(ss,sx)", true)]
    [InlineData("contains(ss,:sse)", false)]
    [InlineData("contains(ss,:n)", false)]
    [InlineData("contains(ns,:n)", true)]
    [InlineData("contains(ns,:n9)", false)]
    [InlineData("contains(bs,:babc)", true)]
    [InlineData("contains(bs,:bb)", false)]
    [InlineData("contains(l,:n)", true)]
    [InlineData("contains(l,:s)", true)]
    [InlineData("contains(l,:l2)", true)]
    [InlineData("contains(l,:ss)", true)]
    [InlineData("contains(l,:sse)", false)]
    [InlineData("contains(m,:s)", false)]
    [InlineData("contains(n,:n)", false)]
    [InlineData("contains(n,:5)", false)]
    [InlineData("contains(t,:t)", false)]
    [InlineData("contains(nul,:nul)", false)]
    [InlineData("contains(:s,sx)", true)]
    [InlineData("contains(:ss,sx)", true)]
    [InlineData("contains(:l,m.x)", true)]
    [InlineData("contains(l,size(sx))", true)]
    [InlineData("contains(ns,size(sx))", true)]
    [InlineData("contains(el,:n)", false)]
    [InlineData("size(s) = :n3", true)]
    [InlineData("size(es) = :n0", true)]
    [InlineData("size(u) = :n2", false)]
    [InlineData("size(u) = :n3", true)]
    [InlineData("size(u) = :n4", false)]
    [InlineData("size(b) = :n3", true)]
    [InlineData("size(eb) = :n0", true)]
    [InlineData("size(ss) = :n2", true)]
    [InlineData("size(ns) = :n2", true)]
    [InlineData("size(bs) = :n2", true)]
    [InlineData("size(l) = :n4", true)]
    [InlineData("size(m) = :n2", true)]
    [InlineData("size(el) = :n0", true)]
    [InlineData("size(n) = :n", false)]
    [InlineData("size(n) > :n0", false)]
    [InlineData("size(n) >= :n0", false)]
    [InlineData("size(n) <> :n", true)]
    [InlineData("NOT size(n) = :n", true)]
    [InlineData("size(t) > :n0", false)]
    [InlineData("size(t) <> :n0", true)]
    [InlineData("size(nul) > :n0", false)]
    [InlineData("size(s) = :s", false)]
    [InlineData("size(s) <> :s", true)]
    [InlineData("size(s) < :s", false)]
    [InlineData("size(s) = n", false)]
    [InlineData("size(s) < n", true)]
    [InlineData("n > size(s)", true)]
    [InlineData("size(s) in (:n3)", true)]
    [InlineData("size(s) in (:s,:n3)", true)]
    [InlineData("size(s) between :n and :n9", true)]
    [InlineData("n between size(sx) and :n9", true)]
    [InlineData("size(:s) = :n", true)]
    [InlineData("size(m.y) = :n", true)]
    [InlineData("size(l[1]) = :n", true)]
    [InlineData("size(l[9]) = :n", false)]
    [InlineData("n = :5 or n = :n and s = :s", true)]
    [InlineData("(n = :5 or n = :n) and s = :s", false)]
    [InlineData("NOT n = :5 or n = :5", true)]
    [InlineData("NOT n = :5 and n = :n", false)]
    [InlineData("NOT (n = :n and s = :s)", true)]
    [InlineData("NOT NOT n = :5", true)]
    [InlineData("not(not(n = :5))", true)]
    [InlineData("n = :5 AND (s = :s OR (t = :t AND nul = :nul))", true)]
    [InlineData(":n = :n", true)]
    [InlineData("(n) between (:n) and (:n9)", true)]
    [InlineData("n in ((:n),(:5))", true)]
    [InlineData("(contains(ss,:s))", true)]
    [InlineData("NOT contains(ss,:s)", false)]
    [InlineData("n between :n and :n9 and s = :s", false)]
    [InlineData("n between :n and :n9 and t = :t", true)]
    public void Condition_is_true_or_false_of_the_item(string text, bool expected)
    {
        var condition = ItemCondition.Parse(text, new(Parsing.Names, Values))!;

        var holds = condition.Holds(Item);

        holds.Should().Be(expected);
    }

    [Theory]
    [InlineData("S", "s")]
    [InlineData("N", "n")]
    [InlineData("B", "b")]
    [InlineData("BOOL", "t")]
    [InlineData("NULL", "nul")]
    [InlineData("L", "l")]
    [InlineData("M", "m")]
    [InlineData("SS", "ss")]
    [InlineData("NS", "ns")]
    [InlineData("BS", "bs")]
    public void Attribute_type_is_true_of_one_type_only(string type, string attribute)
    {
        var placeholders = new Placeholders(null, new Dictionary<string, AttributeValue> { [":ty"] = type });
        string[] attributes = ["s", "n", "b", "t", "nul", "l", "m", "ss", "ns", "bs", "zz"];

        var trueOf = attributes.Where(name =>
            ItemCondition.Parse($"attribute_type({name}, :ty)", placeholders)!.Holds(Item));

        trueOf.Should().Equal(attribute);
    }
}
