using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Storage.Entities;

/// <summary>The capacity columns of a table or a global index.</summary>
internal sealed record StoredThroughput
{
    /// <summary>Gets the reads per second; null when it is PAY_PER_REQUEST, and for a local index.</summary>
    public long? ReadCapacityUnits { get; init; }

    /// <summary>Gets the writes per second; null when it is PAY_PER_REQUEST, and for a local index.</summary>
    public long? WriteCapacityUnits { get; init; }

    /// <summary>Gets when one of them was last raised; null when never.</summary>
    public DateTimeOffset? IncreasedAt { get; init; }

    /// <summary>Gets when one of them was last lowered; null when never.</summary>
    public DateTimeOffset? DecreasedAt { get; init; }

    /// <summary>Gets how often one of them was lowered on the UTC day of <see cref="DecreasedAt"/>.</summary>
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

    /// <summary>Returns the columns of a capacity that takes the place of this one; null is PAY_PER_REQUEST.</summary>
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
