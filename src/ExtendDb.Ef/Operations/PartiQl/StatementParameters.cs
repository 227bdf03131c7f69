using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Expressions.PartiQl;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.PartiQl;

/// <summary>Parses statements with their parameters.</summary>
internal static class StatementParameters
{
    /// <summary>Refuses parameters that no attribute can have, which DynamoDB does before it reads the statement.</summary>
    /// <exception cref="ValidationException">A parameter is missing, or breaks a rule.</exception>
    public static void Check(IReadOnlyList<AttributeValue?>? parameters)
    {
        foreach (var parameter in parameters ?? [])
        {
            AttributeRules.Check(parameter ?? throw new ValidationException(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"));
        }
    }

    /// <summary>Parses a statement.</summary>
    /// <exception cref="ValidationException">A parameter, or the statement, breaks a rule.</exception>
    public static Statement Parse(string statement, IReadOnlyList<AttributeValue>? parameters)
    {
        Check(parameters);
        return Statement.Parse(statement, parameters ?? []);
    }

    /// <summary>Creates the exception for an EXISTS outside a transaction.</summary>
    public static ValidationException ExistsAlone() =>
        new("EXISTS can only be used in ExecuteTransaction write requests.");
}
