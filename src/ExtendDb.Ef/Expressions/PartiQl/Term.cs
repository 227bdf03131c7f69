namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>A part of a statement as it is written, before it is known whether it has a meaning where it stands.</summary>
/// <param name="At">The token to which messages point.</param>
/// <remarks>
/// DynamoDB reports a syntax error anywhere in a statement before all other errors, so a statement is read to its end first.
/// </remarks>
internal abstract record Term(StatementToken At)
{
    /// <summary>Gets the word by which messages call the term where it cannot stand.</summary>
    public abstract string Description { get; }

    /// <summary>A name: of an attribute, a table or an index.</summary>
    public sealed record Name(StatementToken At) : Term(At)
    {
        public override string Description => At.Text;
    }

    /// <summary>A path that begins with another term, in general a name.</summary>
    /// <param name="Root">The beginning.</param>
    /// <param name="Steps">The steps: names, and indexes of any form.</param>
    public sealed record Path(Term Root, IReadOnlyList<PathPart> Steps) : Term(Root.At)
    {
        public override string Description => "PATH";
    }

    /// <summary>A step of a path.</summary>
    /// <param name="Name">The name behind a point; null for a step in brackets.</param>
    /// <param name="Index">The term in brackets; null for a name and for a star.</param>
    /// <param name="At">The token of the step.</param>
    public sealed record PathPart(string? Name, Term? Index, StatementToken At)
    {
        public bool IsStar => Name is null && Index is null;
    }

    /// <summary>A string, a number, a Boolean or NULL.</summary>
    /// <param name="At">The token of the value; of a number the digits.</param>
    /// <param name="IsNegative">Whether the number has a minus sign.</param>
    public sealed record Literal(StatementToken At, bool IsNegative = false) : Term(At)
    {
        public override string Description => At.Text;
    }

    /// <summary>MISSING, which can only stand behind IS.</summary>
    public sealed record Missing(StatementToken At) : Term(At)
    {
        public override string Description => "MISSING";
    }

    /// <summary>A question mark.</summary>
    /// <param name="At">The token.</param>
    /// <param name="Position">The position of the parameter, from 0.</param>
    public sealed record Parameter(StatementToken At, int Position) : Term(At)
    {
        public override string Description => "Parameter";
    }

    /// <summary>Terms in brackets, in parentheses, or between &lt;&lt; and &gt;&gt;.</summary>
    /// <param name="At">The opening token.</param>
    /// <param name="Items">The terms.</param>
    /// <param name="IsBag">Whether the sequence stands for a set.</param>
    public sealed record Sequence(StatementToken At, IReadOnlyList<Term> Items, bool IsBag) : Term(At)
    {
        public override string Description => IsBag ? "BAG" : "LIST";
    }

    /// <summary>Names and values in braces.</summary>
    public sealed record Tuple(StatementToken At, IReadOnlyList<(Term Name, Term Value)> Members) : Term(At)
    {
        public override string Description => "STRUCT";
    }

    /// <summary>A call of a function.</summary>
    /// <param name="At">The name of the function.</param>
    /// <param name="Arguments">The arguments.</param>
    public sealed record Call(StatementToken At, IReadOnlyList<Term> Arguments) : Term(At)
    {
        /// <summary>Gets the name of the function in lower case, which has no case.</summary>
        public string Function { get; } = At.Text.ToLowerInvariant();

        public override string Description => Function;
    }

    /// <summary>An operator with its operands.</summary>
    /// <param name="At">The token of the operator.</param>
    /// <param name="Symbol">The symbol, or the keyword in lower case.</param>
    /// <param name="Operands">The operands.</param>
    public sealed record Operation(StatementToken At, string Symbol, IReadOnlyList<Term> Operands) : Term(At)
    {
        public override string Description => Symbol;
    }

    /// <summary>A test by IS.</summary>
    /// <param name="At">The token of the type.</param>
    /// <param name="Operand">The left-hand side.</param>
    /// <param name="TypeName">The name of the type in lower case.</param>
    public sealed record TypeTest(StatementToken At, Term Operand, string TypeName) : Term(At)
    {
        public override string Description => "is";
    }
}
