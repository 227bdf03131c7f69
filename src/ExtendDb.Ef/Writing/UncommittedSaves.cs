using System.Data.Common;
using System.Runtime.CompilerServices;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Writing;

/// <summary>What the saves of open transactions owe once those have committed.</summary>
/// <remarks>By transaction, not by context: several contexts can take part in one, and any of them commits it.</remarks>
internal sealed class UncommittedSaves : IRuntimePart<UncommittedSaves>
{
    private readonly ConditionalWeakTable<DbTransaction, CommittedMarkers> _byTransaction = [];

    public static UncommittedSaves Create(ExtendDbRuntime runtime) => new();

    /// <summary>Adds what a save owes.</summary>
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

    /// <summary>Returns what the saves of a transaction owe, and forgets it; null for nothing.</summary>
    public CommittedMarkers? Take(DbTransaction transaction) =>
        _byTransaction.TryGetValue(transaction, out var owed) && _byTransaction.Remove(transaction) ? owed : null;
}
