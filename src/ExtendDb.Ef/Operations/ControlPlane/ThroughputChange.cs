using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Entities;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>
/// Changes the billing mode of a table, and the capacity, maxima and warm throughput of the table and its global indexes.
/// </summary>
internal static class ThroughputChange
{
    private const string Unchanged =
        "will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for {0}: "
        + "{1}. Requested ReadCapacityUnits: {1}. Current WriteCapacityUnits provisioned for {0}: {2}. Requested "
        + "WriteCapacityUnits: {2}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request "
        + "higher limits.";

    /// <summary>
    /// Applies the changes of the billing mode and of throughput that a request contains; it may contain none.
    /// </summary>
    /// <exception cref="ValidationException">A throughput is missing, not allowed, too low or unchanged.</exception>
    public static void Apply(Table table, UpdateTableRequest request, DateTimeOffset now)
    {
        var updates = (request.GlobalSecondaryIndexUpdates ?? []).Select(u => u.Update).OfType<UpdateGlobalSecondaryIndexAction>()
            .Where(u => u.IsOfCapacity)
            .ToDictionary(u => u.IndexName, u => u.ProvisionedThroughput, StringComparer.Ordinal);
        var mode = request.BillingMode ?? table.BillingMode;
        var isSwitched = mode != table.BillingMode;
        BillingRules.CheckTable(mode, request.ProvisionedThroughput);
        if (request.BillingMode == BillingMode.PROVISIONED && request.ProvisionedThroughput is null)
        {
            throw ValidationException.InvalidParameter(
                "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
        }

        if (isSwitched || request.ProvisionedThroughput is not null)
        {
            table.Throughput = Changed(table.Throughput, request.ProvisionedThroughput, now, "the table", "the table");
        }

        foreach (var index in table.SecondaryIndexes.Where(i => i.Kind == IndexKind.GLOBAL))
        {
            if (!updates.TryGetValue(index.Name, out var throughput))
            {
                if (isSwitched)
                {
                    CheckGiven(mode, index.Name, throughput);
                    index.Throughput = index.Throughput.ChangedTo(null, now);
                }

                continue;
            }

            CheckPaidFor(mode, request.BillingMode, index.Name);
            CheckGiven(mode, index.Name, throughput);
            BillingRules.CheckBounds(throughput);
            index.Throughput = Changed(
                index.Throughput, throughput, now, $"the index {index.Name}", $"index {index.Name}");
        }

        if (isSwitched)
        {
            table.BillingMode = mode;
            table.BillingChangedAt = mode == BillingMode.PAY_PER_REQUEST ? now : table.BillingChangedAt ?? table.CreatedAt;
        }

        // The warm throughput is compared with that of the new capacities.
        table.Throughput = WithDemand(table.Throughput, mode, request.OnDemandThroughput, request.WarmThroughput, index: null);
        foreach (var update in (request.GlobalSecondaryIndexUpdates ?? []).Select(u => u.Update).OfType<UpdateGlobalSecondaryIndexAction>())
        {
            var index = table.SecondaryIndexes.Single(i => i.Name == update.IndexName);
            index.Throughput = WithDemand(
                index.Throughput, mode, update.OnDemandThroughput, update.WarmThroughput, index.Name);
        }
    }

    private static StoredThroughput WithDemand(
        StoredThroughput current, BillingMode mode, OnDemandThroughput? onDemand, WarmThroughput? warm, string? index)
    {
        if (onDemand is not null)
        {
            DemandRules.CheckChanged(mode, onDemand, index);
            current = current.LimitedTo(onDemand);
        }

        if (warm is not null)
        {
            DemandRules.CheckChanged(current, warm, index);
            current = current.WarmedTo(warm);
        }

        return current;
    }

    private static StoredThroughput Changed(
        StoredThroughput current, ProvisionedThroughput? given, DateTimeOffset now, string subject, string of)
    {
        if (given is not null
            && current.ReadCapacityUnits == given.ReadCapacityUnits
            && current.WriteCapacityUnits == given.WriteCapacityUnits)
        {
            throw new ValidationException(string.Format(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The provisioned throughput for {subject} {Unchanged}",
                of,
                given.ReadCapacityUnits,
                given.WriteCapacityUnits));
        }

        return current.ChangedTo(given, now);
    }

    private static void CheckPaidFor(BillingMode mode, BillingMode? asked, string index)
    {
        if (mode == BillingMode.PAY_PER_REQUEST)
        {
            throw ValidationException.InvalidParameter(asked is null
                ? $"The only Updates for index: {index} when TableThroughputMode is PAY_PER_REQUEST can be to "
                    + "OnDemandThroughput, WarmThroughput"
                : $"Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: {index} when BillingMode "
                    + "is PAY_PER_REQUEST");
        }
    }

    private static void CheckGiven(BillingMode mode, string index, ProvisionedThroughput? throughput)
    {
        if (mode == BillingMode.PROVISIONED && throughput is null)
        {
            throw ValidationException.InvalidParameter($"ProvisionedThroughput must be specified for index: {index}");
        }
    }
}
