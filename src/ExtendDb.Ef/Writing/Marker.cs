using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Writing;

/// <summary>A marker that a save enqueues.</summary>
/// <param name="Row">The row of the marker.</param>
/// <param name="IsImmediate">
/// Whether the indexes have no delay, so that the writer applies the marker after the commit.
/// </param>
internal readonly record struct Marker(GsiPending Row, bool IsImmediate);
