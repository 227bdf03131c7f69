using System.ComponentModel;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ExtendDb.Ef.Model;

/// <summary>Compares the attributes of items; they are immutable, so a snapshot of them is the same object.</summary>
/// <remarks>It is public for the compiled models of users' contexts, which name it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DocumentComparer() : ValueComparer<AttributeMap>(
    (left, right) => left == right || (left != null && left.Equals(right)),
    document => document.GetHashCode(),
    document => document);
