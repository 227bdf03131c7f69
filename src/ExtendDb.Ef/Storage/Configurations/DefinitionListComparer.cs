using System.ComponentModel;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ExtendDb.Ef.Model;

/// <summary>Compares lists of definitions; such a list is immutable, so a snapshot of it is the same object.</summary>
/// <typeparam name="T">The type of a definition.</typeparam>
/// <remarks>The class is public because compiled models of users' contexts name it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DefinitionListComparer<T>() : ValueComparer<IReadOnlyList<T>>(
    (left, right) => left == right || (left != null && right != null && left.SequenceEqual(right)),
    list => list.Count,
    list => list);
