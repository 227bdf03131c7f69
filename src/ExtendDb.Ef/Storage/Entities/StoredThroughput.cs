using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Storage.Entities;

/// <summary>The capacity columns of a table or a global index.</summary>
internal sealed record StoredThroughput
{
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

    public static StoredThroughput Of(ProvisionedThroughput? given) => new()
    {
        ReadCapacityUnits = given?.ReadCapacityUnits,
        WriteCapacityUnits = given?.WriteCapacityUnits,
    };

    public ProvisionedThroughputDescription Describe(DateTimeOffset now) => new(
        ReadCapacityUnits ?? 0,
        WriteCapacityUnits ?? 0,
        DecreasesOn(now),
        IncreasedAt,
        DecreasedAt);

    /// <summary>Returns the columns after a change to another capacity; null stands for PAY_PER_REQUEST.</summary>
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
        };
    }

    private int DecreasesOn(DateTimeOffset now) =>
        DecreasedAt?.UtcDateTime.Date == now.UtcDateTime.Date ? Decreases : 0;
}
