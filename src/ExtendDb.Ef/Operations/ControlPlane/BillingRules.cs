using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Checks billing modes and capacities, of valid shape, against DynamoDB's rules.</summary>
internal static class BillingRules
{
    private const long MaxUnits = 1_000_000_000_000;

    public static void Check(CreateTableRequest request)
    {
        var mode = request.BillingModeOrDefault;
        if (mode == BillingMode.PROVISIONED && request.ProvisionedThroughput is null)
        {
            throw ValidationException.InvalidParameter(
                "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
        }

        CheckTable(mode, request.ProvisionedThroughput);
        DemandRules.CheckCreated(mode, request.ProvisionedThroughput, request.OnDemandThroughput, request.WarmThroughput);
    }

    /// <summary>Refuses a table's capacity that its billing mode does not take, or that is out of bounds.</summary>
    public static void CheckTable(BillingMode? mode, ProvisionedThroughput? throughput)
    {
        if (mode == BillingMode.PAY_PER_REQUEST && throughput is not null)
        {
            throw ValidationException.InvalidParameter(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
        }

        CheckBounds(throughput);
    }

    /// <summary>Checks the capacity of an index of a table that CreateTable creates.</summary>
    public static void CheckIndex(BillingMode mode, GlobalSecondaryIndex index)
    {
        if (mode == BillingMode.PAY_PER_REQUEST && index.ProvisionedThroughput is not null)
        {
            throw ValidationException.InvalidParameter(
                $"ProvisionedThroughput should not be specified for index: {index.IndexName} when BillingMode is "
                + "PAY_PER_REQUEST");
        }

        if (mode == BillingMode.PROVISIONED && index.ProvisionedThroughput is null)
        {
            throw ValidationException.InvalidParameter(
                $"ProvisionedThroughput is not specified for index: {index.IndexName}");
        }

        CheckBounds(index.ProvisionedThroughput);
        DemandRules.CheckCreated(
            mode, index.ProvisionedThroughput, index.OnDemandThroughput, index.WarmThroughput, index.IndexName);
    }

    /// <summary>Checks the capacity of an index that UpdateTable adds to a table.</summary>
    public static void CheckAddedIndex(BillingMode mode, GlobalSecondaryIndex index)
    {
        if (mode == BillingMode.PAY_PER_REQUEST && index.ProvisionedThroughput is not null)
        {
            throw ValidationException.InvalidParameter(
                $"Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: {index.IndexName} when "
                + "BillingMode is PAY_PER_REQUEST");
        }

        if (mode == BillingMode.PROVISIONED && index.ProvisionedThroughput is null)
        {
            throw ValidationException.InvalidParameter(
                $"Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: {index.IndexName}");
        }

        CheckBounds(index.ProvisionedThroughput);
        DemandRules.CheckAdded(mode, index);
    }

    public static void CheckBounds(ProvisionedThroughput? throughput)
    {
        if (throughput?.ReadCapacityUnits > MaxUnits)
        {
            throw new ValidationException(
                $"Given value {throughput.ReadCapacityUnits} for ReadCapacityUnits is out of bounds");
        }

        if (throughput?.WriteCapacityUnits > MaxUnits)
        {
            throw new ValidationException(
                $"Given value {throughput.WriteCapacityUnits} for WriteCapacityUnits is out of bounds");
        }
    }
}
