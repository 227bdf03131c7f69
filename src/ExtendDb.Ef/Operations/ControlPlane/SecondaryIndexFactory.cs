using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Entities;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Creates the rows of indexes whose definitions have been checked.</summary>
internal static class SecondaryIndexFactory
{
    public static SecondaryIndex Of(GlobalSecondaryIndex index, IndexStatus status) => new()
    {
        Name = index.IndexName,
        Kind = IndexKind.GLOBAL,
        KeySchema = [.. index.KeySchema],
        ProjectionType = index.Projection.ProjectionType,
        NonKeyAttributes = [.. index.Projection.NonKeyAttributes],
        Status = status,
        BackfillPhase = status == IndexStatus.CREATING ? BackfillPhase.WAITING : BackfillPhase.NONE,
        PropagationDelayMs = (int?)index.PropagationDelay?.TotalMilliseconds,
        Throughput = StoredThroughput.Of(index.ProvisionedThroughput, index.OnDemandThroughput, index.WarmThroughput),
    };

    public static SecondaryIndex Of(LocalSecondaryIndex index) => new()
    {
        Name = index.IndexName,
        Kind = IndexKind.LOCAL,
        KeySchema = [.. index.KeySchema],
        ProjectionType = index.Projection.ProjectionType,
        NonKeyAttributes = [.. index.Projection.NonKeyAttributes],
        Status = IndexStatus.ACTIVE,
    };
}
