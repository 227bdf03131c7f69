namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>The kinds of statements.</summary>
internal enum StatementKind
{
    /// <summary>A SELECT.</summary>
    Select,

    /// <summary>An INSERT of one item.</summary>
    Insert,

    /// <summary>An UPDATE of one item.</summary>
    Update,

    /// <summary>A DELETE of one item.</summary>
    Delete,

    /// <summary>An EXISTS around a SELECT, which a transaction checks as a condition.</summary>
    Exists,
}
