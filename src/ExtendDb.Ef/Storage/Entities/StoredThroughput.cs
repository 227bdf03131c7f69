using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Storage.Entities;

/// <summary>The columns of a table or a global index that hold capacity, warm throughput and maxima.</summary>
internal sealed record StoredThroughput
{
    /// <summary>The reads per second that every table and index which is PAY_PER_REQUEST can serve at once.</summary>
    /// <remarks>Source: DynamoDB Developer Guide, warm throughput.</remarks>
    public const long OnDemandReads = 12_000;

    /// <summary>The writes per second that every table and index which is PAY_PER_REQUEST can serve at once.</summary>
    public const long OnDemandWrites = 4_000;

    /// <summary>Gets the reads per second; null for PAY_PER_REQUEST and for a local index.</summary>
    public long? ReadCapacityUnits { get; init; }

    /// <summary>Gets the writes per second; null for PAY_PER_REQUEST and for a local index.</summary>
    public long? WriteCapacityUnits { get; init; }

    /// <summary>Gets the time of the last increase; null when there was none.</summary>
    public DateTimeOffset? IncreasedAt { get; init; }

    /// <summary>Gets the time of the last decrease; null when there was none.</summary>
    public DateTimeOffset? DecreasedAt { get; init; }

    /// <summary>Gets the number of decreases on the UTC day of <see cref="DecreasedAt"/>.</summary>
    public int Decreases { get; init; }

    /// <summary>Gets the warm reads per second that were asked for or reached; null for those of the capacity.</summary>
    public long? WarmReadUnits { get; init; }

    /// <summary>Gets the warm writes per second that were asked for or reached; null for those of the capacity.</summary>
    public long? WarmWriteUnits { get; init; }

    /// <summary>Gets the most read request units per second; null for no maximum.</summary>
    public long? MaxReadRequestUnits { get; init; }

    /// <summary>Gets the most write request units per second; null for no maximum.</summary>
    public long? MaxWriteRequestUnits { get; init; }

    /// <summary>Gets the warm reads per second.</summary>
    public long WarmReads => Math.Max(WarmReadUnits ?? 0, ReadCapacityUnits ?? OnDemandReads);

    /// <summary>Gets the warm writes per second.</summary>
    public long WarmWrites => Math.Max(WarmWriteUnits ?? 0, WriteCapacityUnits ?? OnDemandWrites);

    /// <summary>Gets the maxima; null when there is none.</summary>
    public OnDemandThroughput? OnDemand => MaxReadRequestUnits is null && MaxWriteRequestUnits is null
        ? null
        : new(MaxReadRequestUnits, MaxWriteRequestUnits);

    /// <summary>Returns the columns of a new table or index.</summary>
    /// <param name="given">The capacity; null for PAY_PER_REQUEST.</param>
    /// <param name="onDemand">The maxima; null for none.</param>
    /// <param name="warm">The warm throughput; null for that of the capacity.</param>
    public static StoredThroughput Of(
        ProvisionedThroughput? given, OnDemandThroughput? onDemand = null, WarmThroughput? warm = null) => new()
        {
            ReadCapacityUnits = given?.ReadCapacityUnits,
            WriteCapacityUnits = given?.WriteCapacityUnits,
            WarmReadUnits = warm?.ReadUnitsPerSecond,
            WarmWriteUnits = warm?.WriteUnitsPerSecond,
            MaxReadRequestUnits = onDemand?.MaxReadRequestUnits,
            MaxWriteRequestUnits = onDemand?.MaxWriteRequestUnits,
        };

    public ProvisionedThroughputDescription Describe(DateTimeOffset now) => new(
        ReadCapacityUnits ?? 0,
        WriteCapacityUnits ?? 0,
        DecreasesOn(now),
        IncreasedAt,
        DecreasedAt);

    /// <summary>Returns the columns after a change to another capacity; null stands for PAY_PER_REQUEST.</summary>
    /// <remarks>What was warm stays so. A capacity leaves no room for maxima.</remarks>
    public StoredThroughput ChangedTo(ProvisionedThroughput? given, DateTimeOffset now)
    {
        var (read, write) = (given?.ReadCapacityUnits, given?.WriteCapacityUnits);
        var isRaised = read > ReadCapacityUnits || write > WriteCapacityUnits;
        var isLowered = read < ReadCapacityUnits || write < WriteCapacityUnits;
        return this with
        {
            ReadCapacityUnits = read,
            WriteCapacityUnits = write,
            IncreasedAt = isRaised ? now : IncreasedAt,
            DecreasedAt = isLowered ? now : DecreasedAt,
            Decreases = isLowered ? DecreasesOn(now) + 1 : Decreases,
            WarmReadUnits = WarmReads,
            WarmWriteUnits = WarmWrites,
            MaxReadRequestUnits = given is null ? MaxReadRequestUnits : null,
            MaxWriteRequestUnits = given is null ? MaxWriteRequestUnits : null,
        };
    }

    /// <summary>Returns the columns after a change of the maxima that are given; -1 removes one.</summary>
    public StoredThroughput LimitedTo(OnDemandThroughput given) => this with
    {
        MaxReadRequestUnits = Limit(given.MaxReadRequestUnits, MaxReadRequestUnits),
        MaxWriteRequestUnits = Limit(given.MaxWriteRequestUnits, MaxWriteRequestUnits),
    };

    /// <summary>Returns the columns after a change of the warm throughput that is given.</summary>
    public StoredThroughput WarmedTo(WarmThroughput given) => this with
    {
        WarmReadUnits = given.ReadUnitsPerSecond ?? WarmReadUnits,
        WarmWriteUnits = given.WriteUnitsPerSecond ?? WarmWriteUnits,
    };

    private static long? Limit(long? given, long? before) => given switch
    {
        null => before,
        -1 => null,
        _ => given,
    };

    private int DecreasesOn(DateTimeOffset now) =>
        DecreasedAt?.UtcDateTime.Date == now.UtcDateTime.Date ? Decreases : 0;
}
