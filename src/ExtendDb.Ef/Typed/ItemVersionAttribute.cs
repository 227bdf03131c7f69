namespace ExtendDb.Ef;

/// <summary>Marks the number that counts the versions of an item, so that a put of an outdated item is refused.</summary>
/// <remarks>
/// An item with version 0, or with none, is new: a put of it demands that no item with a version has its key. It may stand at
/// a parameter of a positional record.
/// </remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class ItemVersionAttribute : Attribute;
