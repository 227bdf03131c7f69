using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Checks and applies the stream that a request gives a table, or takes from it.</summary>
internal static class StreamRules
{
    private const string ViewTypeMissing =
        "Invalid StreamViewType: Stream ViewType must not be null or empty when enabling streams.";

    public static void CheckCreated(StreamSpecification? stream) => Check(
        stream, "Table is being created with a stream disabled, UpdateViewType should not be specified");

    public static void CheckUpdated(StreamSpecification? stream) => Check(
        stream, "If stream is being disabled, then UpdateViewType must not be specified");

    /// <summary>Gives a table a stream, or takes it from the table.</summary>
    /// <exception cref="ValidationException">The table has what the request asks for.</exception>
    /// <exception cref="ResourceInUseException">The table's stream is ENABLING.</exception>
    public static void Apply(Table table, StreamSpecification? stream, DateTimeOffset now)
    {
        if (stream is null)
        {
            return;
        }

        if (table.StreamStatus == StreamStatus.ENABLING)
        {
            throw CatalogTransaction.InUse($"Table is being updated: {table.Name}");
        }

        if (stream.StreamViewType is not { } viewType)
        {
            if (table.StreamViewType is null)
            {
                throw new ValidationException($"Table has no stream to disable: TableName: {table.Name}");
            }

            table.DisableStream();
        }
        else if (table.StreamViewType is not null)
        {
            throw new ValidationException($"Table already has an enabled stream: TableName: {table.Name}");
        }
        else
        {
            table.EnableStream(viewType, StreamStatus.ENABLING, now);
        }
    }

    private static void Check(StreamSpecification? stream, string viewTypeOfDisabled)
    {
        if (stream is { StreamEnabled: true, StreamViewType: null })
        {
            throw new ValidationException(ViewTypeMissing);
        }

        if (stream is { StreamEnabled: false, StreamViewType: not null })
        {
            throw ValidationException.InvalidParameter(viewTypeOfDisabled);
        }
    }
}
