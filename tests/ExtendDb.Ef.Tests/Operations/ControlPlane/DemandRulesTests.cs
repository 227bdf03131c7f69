using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.ControlPlane;
using ExtendDb.Ef.Storage.Entities;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Operations.ControlPlane;

public sealed class DemandRulesTests
{
    private const string Invalid = "One or more parameter values were invalid: ";
    private const string TooFew =
        "lower than initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
        + "on-demand-capacity-mode.html#on-demand-capacity-mode-initial";
    private const string Lower = "lower than current WarmThroughput, decreasing WarmThroughput is not supported";

    private static readonly Dictionary<string, Action> Good = new()
    {
        ["neither"] = Created(BillingMode.PAY_PER_REQUEST),
        ["nothing in either"] = Created(BillingMode.PROVISIONED, new(10, 20), new(null, null), new(null, null)),
        ["a maximum of 1"] = Created(BillingMode.PAY_PER_REQUEST, onDemand: new(1, null)),
        ["the warm throughput of every table"] = Created(BillingMode.PAY_PER_REQUEST, warm: new(12_000, 4_000)),
        ["only the writes warm"] = Created(BillingMode.PAY_PER_REQUEST, warm: new(null, 4_001)),
        ["the warm throughput of a capacity"] = Created(BillingMode.PROVISIONED, new(10, 20), warm: new(10, 20)),
        ["a maximum that is removed"] = Limited(BillingMode.PAY_PER_REQUEST, new(-1, -1)),
        ["the same warm throughput again"] = Warmed(new(10, 20), new(10, 20)),
        ["more warm reads"] = Warmed(new(10, 20), new(11, null)),
    };

    private static readonly Dictionary<string, (Action Check, string Message)> Bad = new()
    {
        ["a maximum beside a capacity"] = (
            Created(BillingMode.PROVISIONED, new(1, 1), onDemand: new(5, 5)),
            "MaxReadRequestUnits for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED."),
        ["a maximum of writes beside a capacity of an index"] = (
            Created(BillingMode.PROVISIONED, new(1, 1), onDemand: new(null, 5), index: "gsi"),
            "MaxWriteRequestUnits for OnDemandThroughput for index: gsi cannot be specified when table BillingMode is PROVISIONED."),
        ["a maximum of 0"] = (
            Created(BillingMode.PAY_PER_REQUEST, onDemand: new(0, 1)),
            "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range"),
        ["the removal of a maximum of a new index"] = (
            Created(BillingMode.PAY_PER_REQUEST, onDemand: new(null, -1), index: "gsi"),
            "Requested MaxWriteRequestUnits for OnDemandThroughput for index : gsi is outside of valid range"),
        ["too few warm reads"] = (
            Created(BillingMode.PAY_PER_REQUEST, warm: new(11_999, 4_000)),
            "Requested ReadUnitsPerSecond for WarmThroughput for table is " + TooFew),
        ["too few warm writes of an index"] = (
            Created(BillingMode.PAY_PER_REQUEST, warm: new(null, -1), index: "gsi"),
            "Requested WriteUnitsPerSecond for WarmThroughput for index gsi is " + TooFew),
        ["fewer warm reads than the capacity"] = (
            Created(BillingMode.PROVISIONED, new(10, 20), warm: new(9, 20)),
            "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than ReadCapacityUnits of ProvisionedThroughput"),
        ["fewer warm writes than the capacity"] = (
            Created(BillingMode.PROVISIONED, new(10, 20), warm: new(10, 19)),
            "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than WriteCapacityUnits of ProvisionedThroughput"),
        ["a maximum given to a table with a capacity"] = (
            Limited(BillingMode.PROVISIONED, new(5, null)),
            "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED"),
        ["a maximum given to an index with a capacity"] = (
            Limited(BillingMode.PROVISIONED, new(5, null), "gsi"),
            "MaxReadRequestUnits for OnDemandThroughput for index : gsi cannot be specified when the table BillingMode is PROVISIONED"),
        ["a maximum of minus 2"] = (
            Limited(BillingMode.PAY_PER_REQUEST, new(1, -2)),
            "Requested MaxWriteRequestUnits for OnDemandThroughput for table is outside of valid range"),
        ["fewer warm reads than now"] = (
            Warmed(new(10, 20), new(9, 30)), "Requested ReadUnitsPerSecond for WarmThroughput for table is " + Lower),
        ["fewer warm writes of an index than now"] = (
            Warmed(null, new(null, 3_999), "gsi"), "Requested WriteUnitsPerSecond for WarmThroughput for index gsi is " + Lower),
    };

    public static TheoryData<string> GoodNames => [.. Good.Keys];

    public static TheoryData<string> BadNames => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(GoodNames))]
    public void Throughput_in_its_bounds_is_accepted(string what) => Good[what].Should().NotThrow();

    [Theory]
    [MemberData(nameof(BadNames))]
    public void Throughput_out_of_its_bounds_is_refused_with_what_is_wrong(string what)
    {
        var (check, message) = Bad[what];

        check.Should().Throw<ValidationException>().WithMessage(Invalid + message);
    }

    private static Action Created(
        BillingMode mode,
        ProvisionedThroughput? capacity = null,
        OnDemandThroughput? onDemand = null,
        WarmThroughput? warm = null,
        string? index = null) => () => DemandRules.CheckCreated(mode, capacity, onDemand, warm, index);

    private static Action Limited(BillingMode mode, OnDemandThroughput onDemand, string? index = null) =>
        () => DemandRules.CheckChanged(mode, onDemand, index);

    private static Action Warmed(ProvisionedThroughput? capacity, WarmThroughput warm, string? index = null) =>
        () => DemandRules.CheckChanged(StoredThroughput.Of(capacity), warm, index);
}
