namespace ExtendDb.Ef.Model;

/// <summary>What the records of a stream contain beside the key. Source: DynamoDB API, StreamSpecification.</summary>
public enum StreamViewType
{
    /// <summary>The item after the change.</summary>
    NEW_IMAGE,

    /// <summary>The item before the change.</summary>
    OLD_IMAGE,

    /// <summary>The item before and after the change.</summary>
    NEW_AND_OLD_IMAGES,

    /// <summary>Nothing.</summary>
    KEYS_ONLY,
}
