using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>Turns the literals and parameters of a statement into attribute values.</summary>
/// <param name="parameters">The parameters, one for each question mark.</param>
internal sealed class StatementValues(IReadOnlyList<AttributeValue> parameters)
{
    private const string Root = "root";

    /// <summary>Returns whether a term is a value, whether or not DynamoDB accepts the value.</summary>
    public static bool IsValue(Term term) => term is Term.Literal or Term.Parameter or Term.Sequence or Term.Tuple;

    /// <summary>Returns the value of a term.</summary>
    /// <exception cref="ValidationException">The term has no value, or one that no attribute can have.</exception>
    public AttributeValue Of(Term term) => term is Term.Parameter { Position: var position }
        ? parameters[position]
        : Of(term, Root, level: 0);

    /// <summary>Returns the item of an INSERT.</summary>
    /// <exception cref="ValidationException">The term is no item.</exception>
    public AttributeMap ItemOf(Term term)
    {
        if (term is not Term.Tuple tuple)
        {
            throw new ValidationException(
                "Unsupported format in item expression. Please use struct format {...} to express item values for insert "
                + $"statement.{term.At.Place}");
        }

        var item = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var (name, value) in tuple.Members)
        {
            var attribute = NameOf(name, Root);
            if (attribute.Length == 0)
            {
                throw StatementPaths.EmptyComponent();
            }

            if (!item.TryAdd(attribute, Of(value)))
            {
                throw Repeated(attribute, Root, name.At);
            }
        }

        return AttributeMap.Owning(item);
    }

    private static AttributeValue Of(Term term, string path, int level)
    {
        if (level > AttributeRules.MaxNesting)
        {
            throw new ValidationException($"Nesting Levels have exceeded supported limits under {path}");
        }

        return term switch
        {
            Term.Literal { At.Kind: StatementTokenKind.String } text => new AttributeValue.S(text.At.Text),
            Term.Literal { At.Kind: StatementTokenKind.Number } number => new AttributeValue.N(NumberOf(number, path)),
            Term.Literal { At.Text: "null" } => new AttributeValue.NULL(),
            Term.Literal literal => new AttributeValue.BOOL(literal.At.Text == "true"),
            Term.Sequence { IsBag: true } bag => SetOf(bag, path),
            Term.Sequence list => new AttributeValue.L(
                [.. list.Items.Select((item, i) => Of(item, $"{path}[{i}]", level + 1))]),
            Term.Tuple tuple => new AttributeValue.M(MapOf(tuple, path, level)),
            _ => throw new ValidationException(
                $"Unsupported data type: {term.Description} under key {path}{term.At.Place}"),
        };
    }

    private static AttributeMap MapOf(Term.Tuple tuple, string path, int level)
    {
        var members = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var (name, value) in tuple.Members)
        {
            var member = NameOf(name, path);
            if (!members.TryAdd(member, Of(value, $"{path}.{member}", level + 1)))
            {
                throw Repeated(member, path, tuple.At);
            }
        }

        return AttributeMap.Owning(members);
    }

    private static DynamoNumber NumberOf(Term.Literal number, string path)
    {
        try
        {
            var value = DynamoNumber.Parse(number.At.Text);
            return number.IsNegative ? -value : value;
        }
        catch (ValidationException wrong)
        {
            throw new ValidationException($"{wrong.Message} under {path}");
        }
    }

    private static AttributeValue SetOf(Term.Sequence bag, string path)
    {
        if (bag.Items.Count == 0)
        {
            throw new ValidationException("Empty bags are not supported");
        }

        if (bag.Items.FirstOrDefault(item => KindOf(item) is null) is { } other)
        {
            throw new ValidationException(WrongMember + other.At.Place);
        }

        var kind = KindOf(bag.Items[0]);
        if (bag.Items.Any(item => KindOf(item) != kind))
        {
            throw new ValidationException(WrongMember);
        }

        var literals = bag.Items.Cast<Term.Literal>().ToList();
        if (kind == StatementTokenKind.String)
        {
            return new AttributeValue.SS(literals.Select(literal => literal.At.Text));
        }

        var numbers = literals.ConvertAll(literal => NumberOf(literal, path));
        return numbers.Distinct().Count() == numbers.Count
            ? new AttributeValue.NS(numbers)
            : throw ValidationException.InvalidParameter(
                $"Input collection [{string.Join(", ", literals.Select(literal => (literal.IsNegative ? "-" : "") + literal.At.Text))}] "
                + $"contains duplicates! under {path}");
    }

    private const string WrongMember =
        "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags";

    private static StatementTokenKind? KindOf(Term member) =>
        member is Term.Literal { At.Kind: StatementTokenKind.String or StatementTokenKind.Number } ? member.At.Kind : null;

    private static string NameOf(Term name, string path) => name is Term.Literal { At.Kind: StatementTokenKind.String }
        ? name.At.Text
        : throw new ValidationException(
            $"Tuple keys must be of type String. Actual type: {TypeOf(name)} under {path}{name.At.Place}");

    private static string TypeOf(Term name) => name switch
    {
        Term.Name => "VariableReference",
        Term.Literal { At.Kind: StatementTokenKind.Number } number => number.At.Text.All(char.IsAsciiDigit) ? "INT" : "DECIMAL",
        Term.Literal { At.Text: "null" } => "NULL",
        Term.Literal => "BOOL",
        _ => name.Description,
    };

    private static ValidationException Repeated(string name, string path, StatementToken at) =>
        new($"Duplicate keys in tuple. Key: {name} under {path}{at.Place}");
}
