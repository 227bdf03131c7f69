namespace ExtendDb.Ef.Expressions;

/// <summary>What can be wrong with an expression whose syntax is right, in the order in which DynamoDB says it.</summary>
internal enum Problem
{
    /// <summary>Parentheses around parentheses.</summary>
    Parentheses,

    /// <summary>A reserved word, a function that does not belong where it stands, or a path that cannot be.</summary>
    Word,

    /// <summary>A clause that is given twice.</summary>
    Clause,

    /// <summary>A name, a value or an operand; of an update, only a name.</summary>
    Operand,

    /// <summary>A value of an update that is not defined.</summary>
    Value,

    /// <summary>One path that is part of another.</summary>
    Overlap,

    /// <summary>A path that takes for a list what another takes for a map.</summary>
    Conflict,

    /// <summary>An operand of an update that has the wrong type.</summary>
    OperandType,

    /// <summary>More operators than an expression may have.</summary>
    Size,
}
