namespace ExtendDb.Ef.Operations.Throughput;

/// <summary>The kinds of transactions.</summary>
internal enum TransactionKind
{
    /// <summary>TransactGetItems, which reads.</summary>
    Read,

    /// <summary>TransactWriteItems, which writes.</summary>
    Write,
}
