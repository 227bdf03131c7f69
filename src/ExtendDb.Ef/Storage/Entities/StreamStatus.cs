namespace ExtendDb.Ef.Model;

/// <summary>The state of a stream. Source: DynamoDB API, StreamDescription.</summary>
public enum StreamStatus
{
    /// <summary>The stream begins when every process knows it and the transactions of that time have ended.</summary>
    ENABLING,

    /// <summary>The stream gets a record of each change.</summary>
    ENABLED,

    /// <summary>The stream ends when the transactions that may still add records have ended.</summary>
    DISABLING,

    /// <summary>The stream gets no records any more, and is read until its records are trimmed.</summary>
    DISABLED,
}
