using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Legacy;

namespace ExtendDb.Ef.Querying;

/// <summary>A condition on one attribute of a key.</summary>
/// <param name="Path">The attribute, or a path into one, which is refused once the key is known.</param>
/// <param name="Is">How it compares.</param>
internal sealed record KeyCondition(DocumentPath Path, Condition Is);
