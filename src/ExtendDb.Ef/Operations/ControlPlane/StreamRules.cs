using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Refuses streams, which are not supported.</summary>
internal static class StreamRules
{
    public static void CheckCreated(StreamSpecification? stream)
    {
        CheckDisabled(stream);
        if (stream?.StreamViewType is not null)
        {
            throw ValidationException.InvalidParameter(
                "Table is being created with a stream disabled, UpdateViewType should not be specified");
        }
    }

    public static void CheckUpdated(StreamSpecification? stream, string nameOrArn)
    {
        CheckDisabled(stream);
        if (stream?.StreamViewType is not null)
        {
            throw ValidationException.InvalidParameter(
                "If stream is being disabled, then UpdateViewType must not be specified");
        }

        if (stream is not null)
        {
            throw new ValidationException($"Table has no stream to disable: TableName: {TableArn.NameOf(nameOrArn)}");
        }
    }

    private static void CheckDisabled(StreamSpecification? stream)
    {
        if (stream?.StreamEnabled == true)
        {
            throw ValidationException.InvalidParameter("Streams are not supported: StreamEnabled must be false");
        }
    }
}
