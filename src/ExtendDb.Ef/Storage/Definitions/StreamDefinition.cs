using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Storage.Definitions;

/// <summary>The stream of a table, as writers know it.</summary>
/// <param name="Id">The id of the stream, which its records carry.</param>
/// <param name="ViewType">What its records contain.</param>
internal sealed record StreamDefinition(int Id, StreamViewType ViewType)
{
    /// <summary>The number of shards of a stream.</summary>
    public const int Shards = 4;

    /// <summary>Gets whether a record contains the item before the change.</summary>
    public bool HasOldImage => ViewType is StreamViewType.OLD_IMAGE or StreamViewType.NEW_AND_OLD_IMAGES;

    /// <summary>Gets whether a record contains the item after the change.</summary>
    public bool HasNewImage => ViewType is StreamViewType.NEW_IMAGE or StreamViewType.NEW_AND_OLD_IMAGES;

    /// <summary>Returns the shard of an item's records: each has a range of the slots.</summary>
    public static short ShardOf(in ItemKey key) => (short)(key.Slot * Shards / ItemSlot.Count);
}
