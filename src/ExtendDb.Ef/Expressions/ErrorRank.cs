namespace ExtendDb.Ef.Expressions;

/// <summary>The kinds of errors in an expression of valid syntax, in the order in which DynamoDB reports them.</summary>
internal enum ErrorRank
{
    /// <summary>A reserved word, a function in a wrong position, or an index that no list can have.</summary>
    Word,

    /// <summary>A repeated clause.</summary>
    Clause,

    /// <summary>A path of an update or a projection with an undefined name, or one that overlaps another path.</summary>
    Target,

    /// <summary>An undefined name or value, or an operand that does not suit its operator.</summary>
    Operand,

    /// <summary>More operators than an expression may have.</summary>
    Size,
}
