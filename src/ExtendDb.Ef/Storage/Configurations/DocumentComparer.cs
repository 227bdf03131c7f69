using System.ComponentModel;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ExtendDb.Ef.Model;

/// <summary>Compares the attributes of items; they are immutable, so a snapshot of them is the same object.</summary>
/// <remarks>The class is public because compiled models of users' contexts name it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DocumentComparer() : ValueComparer<AttributeMap>(
    (left, right) => left == right || (left != null && left.Equals(right)),
    document => document.GetHashCode(),
    document => document);
