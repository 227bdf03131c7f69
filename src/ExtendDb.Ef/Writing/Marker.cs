using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Writing;

/// <summary>A marker of a save.</summary>
/// <param name="Row">Its row.</param>
/// <param name="IsImmediate">Whether its indexes have no delay, so that the writer applies it after the commit.</param>
internal readonly record struct Marker(GsiPending Row, bool IsImmediate);
