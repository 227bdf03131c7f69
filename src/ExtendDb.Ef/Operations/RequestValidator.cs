using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Operations;

/// <summary>Collects all errors in the shape of a request, so that one exception can report them together.</summary>
internal sealed class RequestValidator
{
    private const int MostReported = 10;
    private readonly List<string> _errors = [];

    /// <summary>Gets whether an error was found so far.</summary>
    public bool IsBroken => _errors.Count > 0;

    /// <summary>Checks that a required member is given.</summary>
    public RequestValidator Required(object? value, string member)
    {
        if (value is null)
        {
            Add("null", member, "Member must not be null");
        }

        return this;
    }

    /// <summary>Checks the required name of a table, in whose place its ARN can stand.</summary>
    public RequestValidator TableName(string? name, string member = "tableName")
    {
        // Since tables have ARNs the shortest name has one character.
        if (name is { Length: 0 })
        {
            Add("''", member, "Member must have length greater than or equal to 1");
            return this;
        }

        if (name is not null && TableArn.IsArn(name))
        {
            if (!TableArn.NamesTable(name))
            {
                Add($"'{name}'", member, TableArn.Constraint);
            }

            return this;
        }

        return Required(name, member).Name(name, member);
    }

    /// <summary>Checks the optional name of a table, in whose place no ARN can stand.</summary>
    public RequestValidator OnlyTableName(string? name, string member) => Name(name, member);

    /// <summary>Checks the optional name of an index.</summary>
    public RequestValidator IndexName(string? name, string member = "indexName") => Name(name, member);

    /// <summary>Checks that an optional member has one of the values of its type.</summary>
    /// <param name="set">The values in DynamoDB's order.</param>
    public RequestValidator OneOf<T>(T? value, string member, params ReadOnlySpan<T> set)
        where T : struct, Enum
    {
        if (value is not { } given || set.Contains(given))
        {
            return this;
        }

        if (given.Equals(default(T)))
        {
            // The enumeration of a required member begins at 1, so 0 means that the member is missing.
            Add("null", member, "Member must not be null");
        }
        else
        {
            Add($"'{given}'", member, $"Member must satisfy enum value set: [{string.Join(", ", set.ToArray())}]");
        }

        return this;
    }

    /// <summary>Checks that an optional number lies between two bounds, both included.</summary>
    public RequestValidator Between(int? value, int min, int max, string member)
    {
        if (value < min)
        {
            Add($"'{value}'", member, $"Member must have value greater than or equal to {min}");
        }
        else if (value > max)
        {
            Add($"'{value}'", member, $"Member must have value less than or equal to {max}");
        }

        return this;
    }

    /// <summary>Checks that an optional number is not below a bound.</summary>
    public RequestValidator AtLeast(long? value, long min, string member)
    {
        if (value < min)
        {
            Add($"'{value}'", member, $"Member must have value greater than or equal to {min}");
        }

        return this;
    }

    /// <summary>Checks the number of elements of an optional list, or of characters of an optional text.</summary>
    public RequestValidator Length(int? length, Func<string> show, int min, int max, string member)
    {
        if (length < min)
        {
            Add($"'{show()}'", member, $"Member must have length greater than or equal to {min}");
        }
        else if (length > max)
        {
            Add($"'{show()}'", member, $"Member must have length less than or equal to {max}");
        }

        return this;
    }

    /// <summary>Adds an error of a member that DynamoDB names as in the request, and whose value it does not show.</summary>
    /// <param name="member">The name of the member, with a capital.</param>
    /// <param name="constraint">The constraint that the value breaks.</param>
    public void AddWithoutValue(string member, string constraint) =>
        _errors.Add($"Value at '{member}' failed to satisfy constraint: {constraint}");

    /// <summary>Adds an error.</summary>
    /// <param name="value">The value in quotes, or null without quotes.</param>
    /// <param name="member">The name of the member.</param>
    /// <param name="constraint">The constraint that the value breaks.</param>
    public void Add(string value, string member, string constraint) =>
        _errors.Add($"Value {value} at '{member}' failed to satisfy constraint: {constraint}");

    /// <summary>Refuses the request when an error was found.</summary>
    /// <exception cref="ValidationException">An error was found; the message names up to ten of them.</exception>
    public void ThrowIfBroken()
    {
        var reported = _errors.Take(MostReported).ToList();
        if (reported.Count > 0)
        {
            throw new ValidationException(
                $"{reported.Count} validation error{(reported.Count == 1 ? string.Empty : "s")} detected: "
                + string.Join("; ", reported));
        }
    }

    private RequestValidator Name(string? name, string member)
    {
        if (name is null)
        {
            return this;
        }

        if (!ResourceName.HasValidCharacters(name))
        {
            Add($"'{name}'", member, $"Member must satisfy regular expression pattern: {ResourceName.Pattern}");
        }

        return Length(name.Length, () => name, ResourceName.MinLength, ResourceName.MaxLength, member);
    }
}
