using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.WebConsole.Verification;

/// <summary>An entry that differs from its item, and will not become right by itself.</summary>
/// <param name="Key">The primary key of the item; null when neither item nor entry can be read any more.</param>
/// <param name="Divergence">The kind of the difference.</param>
internal sealed record WrongEntry(AttributeMap? Key, Divergence Divergence);
