using ExtendDb.Ef.Expressions.PartiQl;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Tests.Attributes;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Expressions.PartiQl;

/// <summary>EXTENDDB_FUZZ_SECONDS sets how long each test looks for a statement that breaks it; a second unless told.</summary>
public sealed class StatementFuzzTests(ITestOutputHelper output)
{
    private const int MaxLength = 8_192;

    private static readonly string[] Tokens =
    [
        "SELECT", "select", "FROM", "WHERE", "AND", "OR", "NOT", "IN", "IS", "BETWEEN", "LIKE", "MISSING", "NULL", "TRUE", "false",
        "INSERT", "INTO", "VALUE", "UPDATE", "SET", "REMOVE", "DELETE", "RETURNING", "ALL", "OLD", "NEW", "MODIFIED", "ORDER", "BY",
        "DESC", "EXISTS", "AS", "LIMIT", "GROUP", "HAVING", "CASE", "size", "begins_with", "contains", "set_add", "list_append",
        "if_not_exists", "attribute_type", "attribute_exists", "foo", "a", "b", "\"a\"", "\"\"", "'a'", "''", "'", "\"", "?", "*", "(",
        ")", "[", "]", "{", "}", "<<", ">>", ",", ".", ":", ";", "=", "<>", "!=", "<", "<=", ">", ">=", "+", "-", "||", "%", "/", "1",
        "0", "1.5", ".5", "5.", "1e5", "1e99999999999", "99999999999", "--", "/*", "*/", "`", "#", "@", "é", "😀", "\ud83d", "\0", "\n",
        " ",
    ];

    private static readonly string[] WellFormed =
    [
        "SELECT a, b.c[0] FROM \"Table\".\"index\" WHERE a = ? AND (b BETWEEN 1 AND 2 OR NOT c IN ('x', <<1, 2>>)) ORDER BY a DESC",
        "SELECT * FROM Table WHERE a = 'x' AND begins_with(b, 'y') AND size(c) > 3 AND d IS NOT MISSING AND e IS NULL;",
        "INSERT INTO Table VALUE {'a': 'x', 'b': [1, -2.5e3, {'c': NULL}], 'd': <<'e'>>, 'f': TRUE}",
        "UPDATE Table SET a = b + 1, c = list_append(c, [1]) SET d = set_add(d, <<'x'>>) REMOVE e[0] WHERE f = 'g' RETURNING ALL NEW *",
        "FROM Table WHERE a = 'x' SET b = if_not_exists(b, 0) - 1 RETURNING MODIFIED OLD *",
        "DELETE FROM Table WHERE a = 'x' AND attribute_exists(b) = true RETURNING ALL OLD *",
        "EXISTS(SELECT * FROM Table WHERE a = 'x' AND b <> 1)",
    ];

    private static TimeSpan Length => TimeSpan.FromSeconds(TestVariable.Number("EXTENDDB_FUZZ_SECONDS", otherwise: 1));

    [Fact]
    public void Any_text_is_refused_or_parsed()
    {
        var random = SeededRandom.Printed(output);
        var (parsed, refused) = (0, 0);

        var end = Environment.TickCount64 + (long)Length.TotalMilliseconds;
        do
        {
            var text = Text(random);
            try
            {
                Parse(text);
                parsed++;
            }
            catch (ValidationException)
            {
                refused++;
            }
            catch (Exception)
            {
                output.WriteLine(text);
                throw;
            }
        }
        while (Environment.TickCount64 < end || parsed == 0 || refused == 0);

        output.WriteLine($"{parsed} parsed, {refused} refused");
        refused.Should().BeGreaterThan(parsed, "most of these texts are broken");
    }

    [Theory]
    [InlineData("SELECT * FROM T WHERE ", "(")]
    [InlineData("SELECT * FROM T WHERE ", "NOT ")]
    [InlineData("SELECT * FROM T WHERE ", "NOT (")]
    [InlineData("SELECT * FROM T WHERE a = ", "-")]
    [InlineData("SELECT * FROM T WHERE a = ", "- ")]
    [InlineData("SELECT * FROM T WHERE a = ", "[")]
    [InlineData("SELECT * FROM T WHERE a = ", "{'a':")]
    [InlineData("SELECT * FROM T WHERE a = ", "<<")]
    [InlineData("SELECT * FROM T WHERE a = ", "a[")]
    [InlineData("SELECT * FROM T WHERE ", "size(")]
    [InlineData("SELECT * FROM T WHERE ", "a=1 AND ")]
    [InlineData("SELECT * FROM T WHERE ", "a=1 OR (")]
    [InlineData("SELECT * FROM T WHERE a", " = a")]
    [InlineData("SELECT * FROM T WHERE a = 1", "+1")]
    [InlineData("SELECT * FROM T WHERE a ", "IN (a ")]
    [InlineData("SELECT a", ".a")]
    [InlineData("SELECT a", "[0]")]
    [InlineData("SELECT a", ",a")]
    [InlineData("UPDATE T SET a = ", "list_append(")]
    [InlineData("UPDATE T ", "REMOVE a ")]
    [InlineData("INSERT INTO T VALUE ", "{'a':[")]
    [InlineData("", "EXISTS(")]
    [InlineData("", "/*")]
    [InlineData("", "'")]
    public void Deeply_nested_statement_is_refused_on_a_small_stack(string beginning, string repeated)
    {
        var text = beginning + string.Concat(Enumerable.Repeat(repeated, (MaxLength - beginning.Length) / repeated.Length));
        Exception? failure = null;

        var thread = new Thread(() => failure = Failure(text), maxStackSize: 1024 * 1024);
        thread.Start();

        thread.Join(TestDeadline.Usual).Should().BeTrue();
        failure.Should().BeOfType<ValidationException>();
    }

    [Fact]
    public void Statement_at_the_bounds_of_depth_and_of_operators_evaluates_on_a_small_stack()
    {
        var text = $"SELECT * FROM T WHERE {new string('(', 250)}a=1{string.Concat(Enumerable.Repeat(" AND a=1", 140))}{new string(')', 250)}";
        bool? holds = null;

        var thread = new Thread(
            () => holds = ((Statement.Select)Statement.Parse(text, [])).Where!.Holds(new() { ["a"] = 1 }), maxStackSize: 1024 * 1024);
        thread.Start();

        thread.Join(TestDeadline.Usual).Should().BeTrue();
        holds.Should().BeTrue();
    }

    private static Exception? Failure(string text)
    {
        try
        {
            Statement.Parse(text, []);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private static void Parse(string text)
    {
        var parameters = Enumerable.Repeat<AttributeValue>("x", text.Count(c => c == '?')).ToList();
        switch (Statement.Parse(text, parameters))
        {
            case Statement.Select select:
                SelectedColumns.Of(select.Columns)?.Of(new() { ["a"] = "x" });
                select.Where?.Holds(new() { ["a"] = "x" });
                break;
            case Statement.Update update:
                update.Where?.Holds(null);
                break;
        }
    }

    private static string Text(SeededRandom random) => random.Next(4) switch
    {
        0 => string.Join(random.OneOf("", " "), Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.OneOf(Tokens))),
        1 => RandomValues.Text(random, 40),
        2 => random.OneOf(WellFormed),
        _ => Broken(random, random.OneOf(WellFormed)),
    };

    private static string Broken(SeededRandom random, string text)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var (at, length) = (random.Next(text.Length), random.Next(0, 4));
            text = text.Remove(at, Math.Min(length, text.Length - at)).Insert(at, random.Next(2) == 0 ? random.OneOf(Tokens) : "");
        }

        return text;
    }
}
