using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>Parses statements. Source: DynamoDB developer guide, PartiQL statements.</summary>
internal sealed class StatementParser : TermParser
{
    private const string LeftOver = "Unexpected token after expression";

    private string? _refusal;

    private StatementParser(string text)
        : base(text)
    {
    }

    /// <summary>Parses a statement.</summary>
    /// <exception cref="ValidationException">The statement is not well formed.</exception>
    public static StatementSyntax Parse(string text)
    {
        var parser = new StatementParser(text);
        var statement = parser.ParseStatement();
        parser.Skip(";");
        return parser.IsAtEnd
            ? statement with { Parameters = parser.Parameters, Refusal = parser._refusal }
            : throw MalformedStatement.Because(LeftOver);
    }

    private StatementSyntax ParseStatement()
    {
        if (Current.Is("exists") && Following.Is("("))
        {
            Take();
            Take();
            Expect("select", "Expected SELECT");
            var select = ParseSelect();
            Expect(")", "Expected )");
            return select with { Kind = StatementKind.Exists };
        }

        return Skip("select") ? ParseSelect()
            : Skip("insert") ? ParseInsert()
            : Skip("update") ? ParseUpdate()
            : Skip("delete") ? ParseDelete()
            : Skip("from") ? ParseUpdateFrom()
            : throw MalformedStatement.Because("Expected data manipulation");
    }

    private StatementSyntax ParseSelect()
    {
        if (Skip("distinct"))
        {
            Refuse("Unsupported token in expression: DISTINCT");
        }
        else
        {
            Skip("all");
        }

        if (Skip("value") || Skip("pivot"))
        {
            Refuse("Select projection doesn't support value or pivot keywords");
        }

        var columns = ParseColumns();
        Expect("from", IsAtEnd ? "Unexpected term" : LeftOver);
        var source = ParseSelectSource();
        var where = ParseWhere();
        RefuseClauses();
        var order = ParseOrder();
        if (Skip("limit"))
        {
            Refuse($"Unsupported clause: LIMIT{ParseTerm().At.Place}");
        }

        return new(StatementKind.Select) { Source = source, Columns = columns, Where = where, Order = order };
    }

    private List<Term>? ParseColumns()
    {
        if (Skip("*"))
        {
            return null;
        }

        var columns = new List<Term>();
        do
        {
            columns.Add(ParseTerm());
            SkipAlias();
        }
        while (Skip(","));
        return columns;
    }

    private Term ParseSelectSource()
    {
        var source = ParseTerm();
        if (source is not (Term.Name or Term.Path { Root: Term.Name }))
        {
            Refuse("Unexpected from source");
        }

        SkipAlias();
        while (Current.Is(",") || Current.Is("join") || Current.Is("cross") || Current.Is("inner") || Current.Is("left"))
        {
            Refuse("Only select from a single table or index is supported.");
            while (Skip("cross") || Skip("inner") || Skip("left") || Skip("outer"))
            {
            }

            if (!Skip("join"))
            {
                Expect(",", LeftOver);
            }

            ParseTerm();
            SkipAlias();
            if (Skip("on"))
            {
                ParseTerm();
            }
        }

        return source;
    }

    private void RefuseClauses()
    {
        if (Skip("group"))
        {
            Expect("by", "Expected BY");
            Refuse("Unsupported clause: GROUP BY");
            do
            {
                ParseTerm();
            }
            while (Skip(","));
        }

        if (Skip("having"))
        {
            Refuse($"Unsupported clause: HAVING{ParseTerm().At.Place}");
        }
    }

    private List<(Term By, bool IsDescending)> ParseOrder()
    {
        var order = new List<(Term, bool)>();
        if (!Skip("order"))
        {
            return order;
        }

        Expect("by", "Expected BY");
        do
        {
            var by = ParseTerm();
            var isDescending = Skip("desc");
            if (!isDescending)
            {
                Skip("asc");
            }

            order.Add((by, isDescending));
        }
        while (Skip(","));
        return order;
    }

    private Term? ParseWhere() => Skip("where") ? ParseTerm() : null;

    private StatementSyntax ParseInsert()
    {
        Expect("into", "Expected INTO");
        var source = ParsePath();
        if (Current.Is("<<") || Current.Is("[") || Current.Is("("))
        {
            ParseTerm();
            Refuse(
                "Unsupported operation: Inserting multiple items in a single statement is not supported, use "
                + "\"INSERT INTO tableName VALUE item\" instead");
            return new(StatementKind.Insert) { Source = source };
        }

        Expect("value", LeftOver);
        var item = ParseTerm();
        if (Skip("at"))
        {
            ParseTerm();
            Refuse("AT is not supported in insert statements.");
        }

        if (ParseReturning() is not null)
        {
            Refuse("RETURNING is not supported in INSERT");
        }

        return new(StatementKind.Insert) { Source = source, Item = item };
    }

    private StatementSyntax ParseUpdate()
    {
        var source = ParsePath();
        SkipAlias();
        var changes = ParseChanges();
        var where = ParseWhere();
        return new(StatementKind.Update) { Source = source, Changes = changes, Where = where, Returning = ParseReturning() };
    }

    // The older form: FROM table WHERE key SET or REMOVE.
    private StatementSyntax ParseUpdateFrom()
    {
        var source = ParsePath();
        SkipAlias();
        var where = ParseWhere();
        var changes = ParseChanges();
        return new(StatementKind.Update) { Source = source, Changes = changes, Where = where, Returning = ParseReturning() };
    }

    private List<(Term Target, Term? Value)> ParseChanges()
    {
        var changes = new List<(Term, Term?)>();
        while (true)
        {
            if (Skip("set"))
            {
                do
                {
                    var target = ParsePath();
                    Expect("=", "Expected = in SET");
                    changes.Add((target, IsAtEnd || Current.Is("where")
                        ? throw MalformedStatement.Because("Unexpected term")
                        : ParseTerm()));
                }
                while (Skip(","));
            }
            else if (Skip("remove"))
            {
                changes.Add((ParsePath(), null));
            }
            else
            {
                return changes.Count > 0 ? changes : throw MalformedStatement.Because("Expected data manipulation");
            }
        }
    }

    private StatementSyntax ParseDelete()
    {
        Expect("from", "Expected FROM");
        var source = ParsePath();
        SkipAlias();
        var where = ParseWhere();
        return new(StatementKind.Delete) { Source = source, Where = where, Returning = ParseReturning() };
    }

    private Returning? ParseReturning()
    {
        if (!Skip("returning"))
        {
            return null;
        }

        var returning = ParseReturned();
        while (Skip(","))
        {
            ParseReturned();
            Refuse("Invalid syntax with multiple returning elements in RETURNING clause");
        }

        return returning;
    }

    private Returning ParseReturned()
    {
        var onlyModified = Skip("modified");
        if (!onlyModified)
        {
            Expect("all", "Expected ALL or MODIFIED in RETURNING");
        }

        var isNew = Skip("new");
        if (!isNew)
        {
            Expect("old", "Expected OLD or NEW in RETURNING");
        }

        if (!Skip("*"))
        {
            ParseTerm();
            Refuse("Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause");
        }

        return new(onlyModified, isNew);
    }

    private void SkipAlias()
    {
        var isNamed = Skip("as") || Skip("at") || Skip("by");
        if (isNamed || Current.IsName)
        {
            if (!Current.IsName)
            {
                throw MalformedStatement.Because("Expected identifier for alias");
            }

            Take();
            Refuse("Aliasing is not supported");
        }
    }

    // Of several clauses, the first one counts, after all errors of syntax.
    private void Refuse(string message) => _refusal ??= message;
}
