using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Random PartiQL statements of all kinds, most of them valid.</summary>
internal sealed class RandomStatements(Random random, IReadOnlyList<ComparedTable> tables)
{
    private static readonly string[] Comparators = ["=", "<>", "<", "<=", ">", ">=", "!="];

    private readonly RandomAttributes _attributes = new(random);
    private readonly List<AttributeValue> _parameters = [];

    public object Next() => random.Next(20) switch
    {
        < 9 => Execute(Select),
        < 13 => Execute(Insert),
        < 16 => Execute(Update),
        < 18 => Execute(Delete),
        18 => new BatchExecuteStatementRequest(Several((text, parameters) => new BatchStatementRequest(text) { Parameters = parameters })),
        _ => new ExecuteTransactionRequest(Several((text, parameters) => new ParameterizedStatement(text) { Parameters = parameters })),
    };

    private ExecuteStatementRequest Execute(Func<ComparedTable, string> make)
    {
        var (text, parameters) = Made(() => make(_attributes.OneOf(tables)));
        return new(text)
        {
            Parameters = parameters,
            Limit = _attributes.Chance(0.2) ? random.Next(1, 4) : null,
            ConsistentRead = _attributes.Chance(0.1),
            ReturnValuesOnConditionCheckFailure =
                _attributes.OneOf(ReturnValuesOnConditionCheckFailure.NONE, ReturnValuesOnConditionCheckFailure.ALL_OLD),
        };
    }

    /// <summary>Makes statements on different items, all of which read, or all of which write.</summary>
    private List<T> Several<T>(Func<string, IReadOnlyList<AttributeValue>?, T> make)
    {
        var reads = _attributes.Chance(0.4);
        var statements = new List<T>();
        foreach (var table in tables.Take(random.Next(1, tables.Count + 1)))
        {
            var (text, parameters) = Made(() => reads
                ? $"SELECT {Columns(table)} FROM \"{table.Name}\" WHERE {Key(table)}"
                : random.Next(3) switch { 0 => Insert(table), 1 => Update(table, mayReturn: false), _ => Delete(table, mayReturn: false) });
            statements.Add(make(text, parameters));
        }

        return statements;
    }

    private (string Text, IReadOnlyList<AttributeValue>? Parameters) Made(Func<string> make)
    {
        _parameters.Clear();
        var text = make();
        return (text, _parameters.Count == 0 ? null : [.. _parameters]);
    }

    private string Select(ComparedTable table)
    {
        var key = _attributes.OneOf(table.Keys);
        var from = key.IndexName is null ? $"\"{table.Name}\"" : $"\"{table.Name}\".\"{key.IndexName}\"";
        var where = random.Next(6) switch
        {
            0 => "",
            1 => " WHERE " + Condition(table, 2),
            2 => $" WHERE {KeyCondition(table, key)} AND {Condition(table, 1)}",
            3 => " WHERE " + Key(table),
            _ => " WHERE " + KeyCondition(table, key),
        };
        var order = where.Length > 0 && key.Range is not null && _attributes.Chance(0.15)
            ? $" ORDER BY {Quoted(_attributes.OneOf(key.Hash, key.Range))}{_attributes.OneOf("", " ASC", " DESC")}"
            : "";
        return $"SELECT {Columns(table)} FROM {from}{where}{order}";
    }

    private string Insert(ComparedTable table)
    {
        var members = _attributes.Item(table).Select(attribute => $"'{attribute.Key}': {Value(attribute.Value)}");
        return $"INSERT INTO \"{table.Name}\" VALUE {{{string.Join(", ", members)}}}";
    }

    private string Update(ComparedTable table) => Update(table, mayReturn: true);

    private string Update(ComparedTable table, bool mayReturn)
    {
        var changes = string.Concat(_attributes.Several(Change));
        var returning = mayReturn && _attributes.Chance(0.5)
            ? $" RETURNING {_attributes.OneOf("ALL", "MODIFIED")} {_attributes.OneOf("OLD", "NEW")} *"
            : "";
        return $"UPDATE \"{table.Name}\"{changes} WHERE {Key(table)}{More(table)}{returning}";
    }

    private string Delete(ComparedTable table) => Delete(table, mayReturn: true);

    private string Delete(ComparedTable table, bool mayReturn) =>
        $"DELETE FROM \"{table.Name}\" WHERE {Key(table)}{More(table)}{(mayReturn && _attributes.Chance(0.4) ? " RETURNING ALL OLD *" : "")}";

    private string More(ComparedTable table) => _attributes.Chance(0.3) ? " AND " + Condition(table, 1) : "";

    private string Change()
    {
        var path = Path();
        return random.Next(9) switch
        {
            0 => $" REMOVE {path}",
            1 => $" SET {path} = {Path()} + {Value(_attributes.OneOf("0", "1", "2").AsNumber())}",
            2 => $" SET {path} = list_append({path}, {Value(new AttributeValue.L(_attributes.Value(0)))})",
            3 => $" SET {path} = set_add({path}, {Value(_attributes.OneOf<AttributeValue>(new AttributeValue.SS("a", "z"), new AttributeValue.SS("b")))})",
            4 => $" SET {path} = set_delete({path}, {Value(new AttributeValue.SS("a"))})",
            5 => $" SET {path} = if_not_exists({Path()}, {Value(_attributes.Value(1))})",
            _ => $" SET {path} = {Value(_attributes.Value(1))}",
        };
    }

    private string Columns(ComparedTable table) => random.Next(4) switch
    {
        0 => string.Join(", ", _attributes.Several(Path)),
        1 => string.Join(", ", table.Primary.Schema.Select(part => Quoted(part.AttributeName))),
        _ => "*",
    };

    /// <summary>Makes the equality on the whole primary key.</summary>
    private string Key(ComparedTable table) => string.Join(
        " AND ",
        table.Primary.Schema.Select(part =>
            $"{Quoted(part.AttributeName)} = {Value(_attributes.Key(table.TypeOf(part.AttributeName)))}"));

    private string KeyCondition(ComparedTable table, ComparedKey key)
    {
        var onHash = random.Next(6) == 0
            ? $"{Quoted(key.Hash)} IN [{KeyValues(table, key.Hash)}]"
            : $"{Quoted(key.Hash)} = {KeyValue(table, key.Hash)}";
        if (key.Range is not { } range || _attributes.Chance(0.4))
        {
            return onHash;
        }

        return onHash + " AND " + random.Next(4) switch
        {
            0 => $"{Quoted(range)} BETWEEN {KeyValue(table, range)} AND {KeyValue(table, range)}",
            1 when table.TypeOf(range) == AttributeType.S => $"begins_with({Quoted(range)}, {Value(_attributes.OneOf("a", "ab", "é"))})",
            2 => $"{Quoted(range)} IN ({KeyValues(table, range)})",
            _ => $"{Quoted(range)} {_attributes.OneOf(Comparators)} {KeyValue(table, range)}",
        };
    }

    // One value twice is a known difference, which would hide others.
    private string KeyValues(ComparedTable table, string attribute) => string.Join(
        ", ", _attributes.Several(() => _attributes.Key(table.TypeOf(attribute))).Distinct().Select(Value));

    private string KeyValue(ComparedTable table, string attribute) => Value(_attributes.Key(table.TypeOf(attribute)));

    private string Condition(ComparedTable table, int depth)
    {
        if (depth > 0 && _attributes.Chance(0.5))
        {
            return random.Next(3) switch
            {
                0 => $"({Condition(table, depth - 1)} OR {Condition(table, depth - 1)})",
                1 => $"{Condition(table, depth - 1)} AND {Condition(table, depth - 1)}",
                _ => $"NOT {Condition(table, depth - 1)}",
            };
        }

        var path = Path();
        return random.Next(10) switch
        {
            0 => $"{path} IS {_attributes.OneOf("", "NOT ")}{_attributes.OneOf("MISSING", "NULL", "STRING", "LIST")}",
            1 => $"begins_with({path}, {Value(_attributes.Text())})",
            2 => $"contains({path}, {Value(_attributes.Value(0))})",
            3 => $"attribute_type({path}, '{_attributes.OneOf("S", "N", "SS", "M")}')",
            4 => $"size({path}) {_attributes.OneOf(Comparators)} {random.Next(4)}",
            5 => $"{path} BETWEEN {Value(_attributes.Value(0))} AND {Value(_attributes.Value(0))}",
            6 => $"{path} {_attributes.OneOf("", "NOT ")}IN ({string.Join(", ", _attributes.Several(() => Value(_attributes.Value(0))))})",
            7 => $"attribute_{_attributes.OneOf("", "not_")}exists({path})",
            _ => $"{path} {_attributes.OneOf(Comparators)} {Value(_attributes.Value(1))}",
        };
    }

    private string Path() => Quoted(_attributes.Name()) + random.Next(6) switch
    {
        0 => "." + Quoted(_attributes.Member()),
        1 => $"[{random.Next(3)}]",
        2 => $"['{_attributes.Member()}']",
        _ => "",
    };

    private static string Quoted(string name) => $"\"{name}\"";

    /// <summary>Writes a value as a literal where both sides read the literal alike, and otherwise as a parameter.</summary>
    private string Value(AttributeValue value)
    {
        if (_attributes.Chance(0.6) && Literal(value) is { } literal)
        {
            return literal;
        }

        _parameters.Add(value);
        return "?";
    }

    private static string? Literal(AttributeValue value) => value switch
    {
        AttributeValue.S { Value: var text } when text.All(char.IsAsciiLetter) => $"'{text}'",
        AttributeValue.N { Value: var number } when number.ToString().Length < 6 => number.ToString(),
        AttributeValue.BOOL { Value: var flag } => flag ? "TRUE" : "false",
        AttributeValue.NULL => "NULL",
        AttributeValue.SS { Value: var set } when set.All(text => text.All(char.IsAsciiLetter)) =>
            $"<<{string.Join(", ", set.Select(text => $"'{text}'"))}>>",
        AttributeValue.L { Value: var list } when list.Select(Literal).ToList() is var items && !items.Contains(null) =>
            $"[{string.Join(", ", items)}]",
        AttributeValue.M { Value: var map } when map.Values.Select(Literal).ToList() is var members && !members.Contains(null) =>
            $"{{{string.Join(", ", map.Keys.Zip(members, (name, member) => $"'{name}': {member}"))}}}",
        _ => null,
    };
}
