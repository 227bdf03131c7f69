using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Builds and parses the ARNs of tables and indexes, which all have the same account and region.</summary>
internal static class TableArn
{
    private const string Prefix = "arn:aws:dynamodb:local:000000000000:table/";
    private const string IndexPart = "/index/";

    /// <summary>Returns the ARN of a table.</summary>
    public static string Of(string tableName) => Prefix + tableName;

    /// <summary>Returns the ARN of an index.</summary>
    public static string Of(string tableName, string indexName) => Prefix + tableName + IndexPart + indexName;

    /// <summary>Returns the table name of an ARN.</summary>
    /// <exception cref="ValidationException">The text is not the ARN of a table.</exception>
    public static string Parse(string? arn)
    {
        if (arn is null)
        {
            throw new ValidationException("Invalid TableArn");
        }

        if (!arn.StartsWith("arn:", StringComparison.Ordinal))
        {
            throw ValidationException.InvalidParameter($"ARNs must start with 'arn:': {arn}");
        }

        var name = arn.StartsWith(Prefix, StringComparison.Ordinal) ? arn[Prefix.Length..] : string.Empty;
        if (RequestValidator.IsName(name))
        {
            return name;
        }

        throw name.Split(IndexPart) is [var table, var index] && RequestValidator.IsName(table) && RequestValidator.IsName(index)
            ? ValidationException.InvalidParameter(
                $"Invalid resource arn provided, only table or stream is accepted. Provided resource arn: {arn}")
            : new ValidationException($"Invalid TableArn: Invalid ResourceArn provided as input {arn}");
    }
}
