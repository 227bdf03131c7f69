using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Storage.Definitions;

/// <summary>Builds the ARNs of tables and indexes, and finds the table that a name or an ARN names.</summary>
/// <remarks>
/// One database is one account and one region, so the account and the region of an ARN decide nothing when it is read.
/// A name cannot be an ARN, because it holds no colon. Source: DynamoDB API, the member TableName of its operations.
/// </remarks>
internal static class TableArn
{
    /// <summary>The constraint on an ARN that stands in the place of a table's name.</summary>
    public const string Constraint =
        "Valid ARN format is 'arn:<awsPartition>:<vendor>:<region>:<subscriber>:resourceType/resourceName', where Resource "
        + "name must have length less than or equal to 255, Resource name must have length greater than or equal to 3, "
        + "Resource name must satisfy regular expression pattern: " + ResourceName.Pattern;

    private const string Scheme = "arn:";
    private const string Service = "dynamodb";
    private const string TablePart = "table/";
    private const int Fields = 6;

    /// <summary>Returns the ARN of a table.</summary>
    public static string Of(ExtendDbOptions options, string tableName) =>
        $"{Scheme}{PartitionOf(options.Region)}:{Service}:{options.Region}:{options.AccountId}:{TablePart}{tableName}";

    /// <summary>Returns the ARN of an index.</summary>
    public static string Of(ExtendDbOptions options, string tableName, string indexName) =>
        $"{Of(options, tableName)}/index/{indexName}";

    /// <summary>Returns whether a text is an ARN, of whatever resource.</summary>
    public static bool IsArn(string text) => text.StartsWith(Scheme, StringComparison.Ordinal);

    /// <summary>Returns whether a text is a valid name of a table, or the ARN of a table with such a name.</summary>
    public static bool NamesTable(string nameOrArn) => ResourceName.IsValid(NameOf(nameOrArn));

    /// <summary>Returns the name of the table that a request names by its name or its ARN.</summary>
    /// <returns>The name in an ARN of a table; every other text as it is.</returns>
    public static string NameOf(string nameOrArn) =>
        IsArn(nameOrArn) && ResourceOf(nameOrArn) is { } resource && IsTable(resource) && !IsPartOfTable(resource)
            ? resource[TablePart.Length..]
            : nameOrArn;

    /// <summary>Returns the name of the table that an ARN names, for the operations on tags, which take no name.</summary>
    /// <exception cref="ValidationException">The text is not the ARN of a table.</exception>
    /// <exception cref="ResourceNotFoundException">The text is the ARN of a stream; no table has one.</exception>
    public static string Parse(string? arn)
    {
        if (arn is null)
        {
            throw new ValidationException("Invalid TableArn");
        }

        if (!IsArn(arn))
        {
            throw ValidationException.InvalidParameter($"ARNs must start with 'arn:': {arn}");
        }

        if (NamesTable(arn))
        {
            return NameOf(arn);
        }

        throw ResourceOf(arn)?.Split('/') switch
        {
            ["table", var table, "index", var index] when ResourceName.IsValid(table) && ResourceName.IsValid(index) =>
                ValidationException.InvalidParameter(
                    $"Invalid resource arn provided, only table or stream is accepted. Provided resource arn: {arn}"),
            ["table", var table, "backup", _] when ResourceName.IsValid(table) =>
                ValidationException.InvalidParameter($"Provided Arn is not a DynamoDB resource arn: {arn}"),
            ["table", var table, "stream", { Length: > 0 }] when ResourceName.IsValid(table) => NotFound(arn),
            _ => new ValidationException($"Invalid TableArn: Invalid ResourceArn provided as input {arn}"),
        };
    }

    /// <summary>Creates the exception for an ARN of a table that does not exist.</summary>
    public static ResourceNotFoundException NotFound(string arn) =>
        new($"Requested resource not found: ResourceArn: {arn} not found");

    /// <summary>Returns what follows the account in an ARN of DynamoDB; null for another ARN.</summary>
    private static string? ResourceOf(string arn) =>
        arn.Split(':', Fields) is [_, { Length: > 0 }, Service, { Length: > 0 }, { Length: > 0 }, var resource] ? resource : null;

    private static bool IsTable(string resource) => resource.StartsWith(TablePart, StringComparison.Ordinal);

    private static bool IsPartOfTable(string resource) => resource.AsSpan(TablePart.Length).Contains('/');

    private static string PartitionOf(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
        : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov"
        : "aws";
}
