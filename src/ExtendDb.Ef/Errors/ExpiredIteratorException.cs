using System.Globalization;

namespace ExtendDb.Ef.Model;

/// <summary>A shard iterator is older than 15 minutes; GetShardIterator returns a new one.</summary>
/// <param name="createdAt">The time at which the iterator was made.</param>
/// <param name="now">The present time.</param>
public sealed class ExpiredIteratorException(DateTimeOffset createdAt, DateTimeOffset now) : DynamoDbException(string.Create(
    CultureInfo.InvariantCulture,
    $"Iterator expired. The iterator was created at time {createdAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} while right now it is "
    + $"{now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, which is further in the future than the tolerated delay of 900000 milliseconds."));
