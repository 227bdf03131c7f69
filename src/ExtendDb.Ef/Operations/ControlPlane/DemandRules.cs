using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Entities;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Checks maxima (OnDemandThroughput) and warm throughput against DynamoDB's rules.</summary>
/// <remarks>Source: DynamoDB API, CreateTable and UpdateTable; the messages were observed on the service.</remarks>
internal static class DemandRules
{
    private const string InitialThroughput =
        "lower than initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
        + "on-demand-capacity-mode.html#on-demand-capacity-mode-initial";

    /// <summary>Checks the maxima and the warm throughput of a table or an index that CreateTable creates.</summary>
    /// <param name="index">The name of the index; null for the table.</param>
    public static void CheckCreated(
        BillingMode mode,
        ProvisionedThroughput? capacity,
        OnDemandThroughput? onDemand,
        WarmThroughput? warm,
        string? index = null)
    {
        if (mode == BillingMode.PROVISIONED && GivenMaximum(onDemand) is { } maximum)
        {
            throw ValidationException.InvalidParameter(
                $"{maximum} for OnDemandThroughput {(index is null ? string.Empty : $"for index: {index} ")}cannot be "
                + "specified when table BillingMode is PROVISIONED.");
        }

        CheckNew(capacity, onDemand, warm, index);
    }

    /// <summary>Checks the maxima and the warm throughput of an index that UpdateTable adds to a table.</summary>
    public static void CheckAdded(BillingMode mode, GlobalSecondaryIndex index)
    {
        CheckPaidByRequest(mode, index.OnDemandThroughput, index.IndexName);
        CheckNew(index.ProvisionedThroughput, index.OnDemandThroughput, index.WarmThroughput, index.IndexName);
    }

    /// <summary>Checks a change of the maxima of a table or an index.</summary>
    /// <param name="mode">The billing mode after the request.</param>
    /// <param name="index">The name of the index; null for the table.</param>
    public static void CheckChanged(BillingMode mode, OnDemandThroughput onDemand, string? index = null)
    {
        CheckPaidByRequest(mode, onDemand, index);
        CheckRange(onDemand, index, mayRemove: true);
    }

    /// <summary>Checks a change of the warm throughput of a table or an index.</summary>
    /// <param name="current">The throughput after all other changes of the request.</param>
    /// <param name="index">The name of the index; null for the table.</param>
    public static void CheckChanged(StoredThroughput current, WarmThroughput warm, string? index = null)
    {
        const string Lower = "lower than current WarmThroughput, decreasing WarmThroughput is not supported";
        CheckNotLower(warm, current.WarmReads, current.WarmWrites, index, Lower, Lower);
    }

    private static void CheckNew(
        ProvisionedThroughput? capacity, OnDemandThroughput? onDemand, WarmThroughput? warm, string? index)
    {
        CheckRange(onDemand, index, mayRemove: false);
        CheckNotLower(
            warm,
            capacity?.ReadCapacityUnits ?? StoredThroughput.OnDemandReads,
            capacity?.WriteCapacityUnits ?? StoredThroughput.OnDemandWrites,
            index,
            capacity is null ? InitialThroughput : "lower than ReadCapacityUnits of ProvisionedThroughput",
            capacity is null ? InitialThroughput : "lower than WriteCapacityUnits of ProvisionedThroughput");
    }

    private static void CheckPaidByRequest(BillingMode mode, OnDemandThroughput? onDemand, string? index)
    {
        if (mode == BillingMode.PROVISIONED && GivenMaximum(onDemand) is { } maximum)
        {
            throw ValidationException.InvalidParameter(
                $"{maximum} for OnDemandThroughput {(index is null ? string.Empty : $"for index : {index} ")}cannot be "
                + "specified when the table BillingMode is PROVISIONED");
        }
    }

    private static void CheckRange(OnDemandThroughput? onDemand, string? index, bool mayRemove)
    {
        Check(onDemand?.MaxReadRequestUnits, nameof(onDemand.MaxReadRequestUnits));
        Check(onDemand?.MaxWriteRequestUnits, nameof(onDemand.MaxWriteRequestUnits));

        void Check(long? units, string member)
        {
            if (units < 1 && !(mayRemove && units == -1))
            {
                throw ValidationException.InvalidParameter(
                    $"Requested {member} for OnDemandThroughput for {(index is null ? "table" : $"index : {index}")} is "
                    + "outside of valid range");
            }
        }
    }

    private static void CheckNotLower(
        WarmThroughput? warm, long reads, long writes, string? index, string fewerReads, string fewerWrites)
    {
        Check(warm?.ReadUnitsPerSecond < reads, nameof(warm.ReadUnitsPerSecond), fewerReads);
        Check(warm?.WriteUnitsPerSecond < writes, nameof(warm.WriteUnitsPerSecond), fewerWrites);

        void Check(bool isLower, string member, string than)
        {
            if (isLower)
            {
                throw ValidationException.InvalidParameter(
                    $"Requested {member} for WarmThroughput for {(index is null ? "table" : $"index {index}")} is {than}");
            }
        }
    }

    private static string? GivenMaximum(OnDemandThroughput? onDemand) => onDemand switch
    {
        { MaxReadRequestUnits: not null } => nameof(onDemand.MaxReadRequestUnits),
        { MaxWriteRequestUnits: not null } => nameof(onDemand.MaxWriteRequestUnits),
        _ => null,
    };
}
