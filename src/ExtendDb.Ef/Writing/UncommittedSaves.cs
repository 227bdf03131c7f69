using System.Data.Common;
using System.Runtime.CompilerServices;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Writing;

/// <summary>Keeps the work that saves in open transactions leave for the time after the commit.</summary>
/// <remarks>
/// The key is the transaction, not the context: contexts can share a transaction, and any of them can commit it.
/// </remarks>
internal sealed class UncommittedSaves : IRuntimePart<UncommittedSaves>
{
    private readonly ConditionalWeakTable<DbTransaction, CommittedMarkers> _byTransaction = [];

    public static UncommittedSaves Create(ExtendDbRuntime runtime) => new();

    /// <summary>Adds the work of a save.</summary>
    public void Add(DbTransaction transaction, CommittedMarkers owed)
    {
        if (_byTransaction.TryGetValue(transaction, out var earlier))
        {
            earlier.Add(owed);
        }
        else
        {
            _byTransaction.Add(transaction, owed);
        }
    }

    /// <summary>Removes and returns the work of the saves of a transaction; null when there is none.</summary>
    public CommittedMarkers? Take(DbTransaction transaction) =>
        _byTransaction.TryGetValue(transaction, out var owed) && _byTransaction.Remove(transaction) ? owed : null;
}
