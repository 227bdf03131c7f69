using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>A condition on one attribute of a key.</summary>
/// <param name="Attribute">The name of the attribute.</param>
/// <param name="Is">The comparison.</param>
internal sealed record KeyCondition(string Attribute, Condition Is);
