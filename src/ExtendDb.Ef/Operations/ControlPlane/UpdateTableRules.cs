using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>
/// Checks an update of a table against the rules that do not depend on the table. Source: DynamoDB API, UpdateTable.
/// </summary>
internal static class UpdateTableRules
{
    public static void Check(UpdateTableRequest request)
    {
        new RequestValidator()
            .AttributeDefinitions(request.AttributeDefinitions)
            .TableName(request.TableName)
            .BillingMode(request.BillingMode)
            .Throughput(request.ProvisionedThroughput)
            .GlobalSecondaryIndexUpdates(request.GlobalSecondaryIndexUpdates)
            .TableClass(request.TableClass)
            .Stream(request.StreamSpecification)
            .ThrowIfBroken();
        CheckOneConcern(request);
        BillingRules.CheckTable(request.BillingMode, request.ProvisionedThroughput);
        CheckUpdates(request);
        StreamRules.CheckUpdated(request.StreamSpecification);
    }

    // A change of the encryption, the deletion protection or the table class must be the only change. A capacity of the
    // table, a stream, and the creation or deletion of an index exclude each other. Maxima can be combined with the billing
    // mode and changes of existing indexes, warm throughput with changes of existing indexes.
    private static void CheckOneConcern(UpdateTableRequest request)
    {
        var updates = request.GlobalSecondaryIndexUpdates;
        var given = new[]
        {
            request.ProvisionedThroughput is not null || request.BillingMode is not null || updates is { Count: > 0 },
            request.OnDemandThroughput is { IsEmpty: false },
            request.WarmThroughput is { IsEmpty: false },
            request.StreamSpecification is not null,
            request.SSESpecification is not null,
            request.DeletionProtectionEnabled is not null,
            request.TableClass is not null,
        };
        var concerns = given.Count(isGiven => isGiven);
        if (concerns == 0)
        {
            throw new ValidationException(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "
                + "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, "
                + "MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass "
                + "is required");
        }

        if (updates is { Count: 0 })
        {
            throw ValidationException.InvalidParameter("List of GlobalSecondaryIndexUpdates is empty");
        }

        if (concerns > 1)
        {
            var alone = request switch
            {
                { SSESpecification: not null } => "Server-Side Encryption modification",
                { DeletionProtectionEnabled: not null } => "DeletionProtection modification",
                { TableClass: not null } => "TableClass modification",
                _ => null,
            };
            if (alone is not null)
            {
                throw ValidationException.InvalidParameter($"{alone} must be the only operation in the request");
            }
        }

        var changesIndexes = updates?.Any(u => u.Create is not null || u.Delete is not null) == true;
        if (request.OnDemandThroughput is not null
            && (changesIndexes || request.StreamSpecification is not null || request.WarmThroughput is not null))
        {
            throw ValidationException.InvalidParameter(
                "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
        }

        if (request.WarmThroughput is not null && updates?.Any(u => u.Create is not null) == true)
        {
            throw ValidationException.InvalidParameter(
                "Create global secondary index cannot be specified when updating WarmThroughput");
        }

        if (request.WarmThroughput is not null
            && (changesIndexes || request.StreamSpecification is not null || request.BillingMode is not null
                || request.ProvisionedThroughput is not null))
        {
            throw ValidationException.InvalidParameter("WarmThroughput must be the only operation in the request");
        }

        if (request.ProvisionedThroughput is not null && request.StreamSpecification is not null)
        {
            throw ValidationException.InvalidParameter("You cannot modify stream status while updating table IOPS");
        }

        if (request.ProvisionedThroughput is not null && changesIndexes)
        {
            throw ValidationException.InvalidParameter("You cannot create or delete index while updating table IOPS");
        }

        if (request.StreamSpecification is not null && changesIndexes)
        {
            throw ValidationException.InvalidParameter("You cannot create or delete index while changing stream status");
        }
    }

    private static void CheckUpdates(UpdateTableRequest request)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var update in request.GlobalSecondaryIndexUpdates ?? [])
        {
            var actions = new object?[] { update.Create, update.Update, update.Delete }.Count(a => a is not null);
            if (actions != 1)
            {
                throw ValidationException.InvalidParameter(actions == 0
                    ? "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                        + "GlobalSecondaryIndexUpdate.Delete must not be null"
                    : "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
            }

            if (update.Update is { WarmThroughput.IsEmpty: true })
            {
                throw ValidationException.InvalidParameter(
                    "WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond specified for "
                    + $"index: {update.IndexName}");
            }

            if (!names.Add(update.IndexName!))
            {
                throw ValidationException.InvalidParameter(
                    "Only one global secondary index update per index is allowed simultaneously. "
                    + $"Index: {update.IndexName}");
            }
        }
    }
}
