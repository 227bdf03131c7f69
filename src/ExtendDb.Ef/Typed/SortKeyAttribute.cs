namespace ExtendDb.Ef;

/// <summary>Marks the member that is the sort key of the table; it may stand at a parameter of a positional record.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class SortKeyAttribute : Attribute;
