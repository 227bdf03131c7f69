namespace ExtendDb.Ef.Expressions;

/// <summary>What can be wrong with an expression whose syntax is right, in the order in which DynamoDB says it.</summary>
internal enum ErrorRank
{
    /// <summary>A reserved word, a function that does not belong where it stands, or an index that no list has.</summary>
    Word,

    /// <summary>A clause that is given twice.</summary>
    Clause,

    /// <summary>A path that an update changes or a projection keeps: a name that is not defined, or another path in its way.</summary>
    Target,

    /// <summary>A name or a value that is not defined, or an operand that does not suit.</summary>
    Operand,

    /// <summary>More operators than an expression may have.</summary>
    Size,
}
