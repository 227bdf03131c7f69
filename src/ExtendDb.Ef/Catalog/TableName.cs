using System.Text.RegularExpressions;
using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Catalog;

/// <summary>The rule for names of tables and indexes. Source: DynamoDB API, CreateTable.</summary>
internal static partial class TableName
{
    public static void Check(string name, string member = "tableName")
    {
        if (name is null || name.Length < 3)
        {
            throw ValidationException.Constraint(
                name ?? "null", member, "Member must have length greater than or equal to 3");
        }

        if (name.Length > 255)
        {
            throw ValidationException.Constraint(name, member, "Member must have length less than or equal to 255");
        }

        if (!Allowed().IsMatch(name))
        {
            throw ValidationException.Constraint(
                name, member, "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
        }
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_.-]+\z")]
    private static partial Regex Allowed();
}
