using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Storage.Definitions;

/// <summary>The ARN of a stream: that of its table and the label of the stream.</summary>
/// <param name="TableName">The name of the table.</param>
/// <param name="Label">The label of the stream.</param>
internal sealed record StreamArn(string TableName, string Label)
{
    private const string StreamPart = "/stream/";

    /// <summary>Returns the ARN of a stream.</summary>
    public static string Of(ExtendDbOptions options, string tableName, string label) =>
        TableArn.Of(options, tableName) + StreamPart + label;

    /// <summary>Returns the stream that an ARN names, of whatever region and account; false for another text.</summary>
    public static bool TryParse(string arn, [NotNullWhen(true)] out StreamArn? stream)
    {
        stream = arn.LastIndexOf(StreamPart, StringComparison.Ordinal) is > 0 and var end
            && TableArn.IsArn(arn) && TableArn.NamesTable(arn[..end])
            ? new(TableArn.NameOf(arn[..end]), arn[(end + StreamPart.Length)..])
            : null;
        return stream is not null;
    }
}
