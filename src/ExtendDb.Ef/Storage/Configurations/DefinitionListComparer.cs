using System.ComponentModel;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ExtendDb.Ef.Model;

/// <summary>Compares lists of definitions; such a list never changes, so a snapshot of it is the same object.</summary>
/// <typeparam name="T">The type of a definition.</typeparam>
/// <remarks>It is public for the compiled models of users' contexts, which name it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DefinitionListComparer<T>() : ValueComparer<IReadOnlyList<T>>(
    (left, right) => left == right || (left != null && right != null && left.SequenceEqual(right)),
    list => list.Count,
    list => list);
