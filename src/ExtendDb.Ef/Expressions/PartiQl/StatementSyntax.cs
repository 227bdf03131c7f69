namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>A statement as it is written.</summary>
/// <param name="Kind">The kind of the statement.</param>
internal sealed record StatementSyntax(StatementKind Kind)
{
    /// <summary>Gets the table, or a path of the table and an index.</summary>
    public required Term Source { get; init; }

    /// <summary>Gets the columns of a SELECT; null for all.</summary>
    public IReadOnlyList<Term>? Columns { get; init; }

    /// <summary>Gets the item of an INSERT; null for other statements.</summary>
    public Term? Item { get; init; }

    /// <summary>Gets the targets of SET with their values, and those of REMOVE without one.</summary>
    public IReadOnlyList<(Term Target, Term? Value)> Changes { get; init; } = [];

    /// <summary>Gets the condition; null for none.</summary>
    public Term? Where { get; init; }

    /// <summary>Gets the terms of ORDER BY, and whether each is descending.</summary>
    public IReadOnlyList<(Term By, bool IsDescending)> Order { get; init; } = [];

    /// <summary>Gets the RETURNING; null for none.</summary>
    public Returning? Returning { get; init; }

    /// <summary>Gets the number of parameters.</summary>
    public int Parameters { get; init; }

    /// <summary>Gets the message for a clause that is well formed but that DynamoDB does not have; null for none.</summary>
    public string? Refusal { get; init; }
}
