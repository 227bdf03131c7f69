namespace ExtendDb.Ef.Operations.Throughput;

/// <summary>Whether a transaction reads or writes.</summary>
internal enum TransactionKind
{
    /// <summary>It reads.</summary>
    Read,

    /// <summary>It writes.</summary>
    Write,
}
