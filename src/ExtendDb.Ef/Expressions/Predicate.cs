using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>A parsed condition, which can be evaluated for many items.</summary>
internal abstract class Predicate
{
    /// <summary>Returns whether an item fulfils the condition; no item counts as an item without attributes.</summary>
    public abstract bool Holds(AttributeMap item);

    /// <summary>Gets the name of the operator or function in DynamoDB's messages.</summary>
    public abstract string Operator { get; }

    /// <summary>Gets all paths in the condition.</summary>
    public abstract IEnumerable<DocumentPath> Paths { get; }

    /// <summary>The item has exactly these attributes, each with exactly this value.</summary>
    public sealed class Whole(AttributeMap expected) : Predicate
    {
        public override string Operator => "=";

        public override IEnumerable<DocumentPath> Paths => expected.Keys.Select(name => new DocumentPath(new PathStep(name)));

        public override bool Holds(AttributeMap item) => expected.Equals(item);
    }

    public sealed class And(Predicate left, Predicate right) : Predicate
    {
        public override string Operator => "AND";

        public override IEnumerable<DocumentPath> Paths => [.. Left.Paths, .. Right.Paths];

        public Predicate Left { get; } = left;

        public Predicate Right { get; } = right;

        public override bool Holds(AttributeMap item) => Left.Holds(item) && Right.Holds(item);
    }

    public sealed class Or(Predicate left, Predicate right) : Predicate
    {
        public override string Operator => "OR";

        public override IEnumerable<DocumentPath> Paths => [.. Left.Paths, .. Right.Paths];

        public Predicate Left { get; } = left;

        public Predicate Right { get; } = right;

        public override bool Holds(AttributeMap item) => Left.Holds(item) || Right.Holds(item);
    }

    public sealed class Not(Predicate inner) : Predicate
    {
        public override string Operator => "NOT";

        public override IEnumerable<DocumentPath> Paths => Inner.Paths;

        public Predicate Inner { get; } = inner;

        public override bool Holds(AttributeMap item) => !Inner.Holds(item);
    }

    /// <summary>A comparison by one of <c>= &lt;&gt; &lt; &lt;= &gt; &gt;=</c>.</summary>
    public sealed class Comparison(string symbol, Operand left, Operand right) : Predicate
    {
        public override string Operator => symbol;

        public override IEnumerable<DocumentPath> Paths => [.. Left.Paths, .. Right.Paths];

        public Operand Left { get; } = left;

        public Operand Right { get; } = right;

        public override bool Holds(AttributeMap item)
        {
            var (l, r) = (Left.For(item), Right.For(item));
            return symbol switch
            {
                "=" => l is not null && l.Equals(r),
                "<>" => l is null || !l.Equals(r),
                _ when l is null || r is null => false,
                "<" => ValueOrder.Compare(l, r) < 0,
                "<=" => ValueOrder.Compare(l, r) <= 0,
                ">" => ValueOrder.Compare(l, r) > 0,
                _ => ValueOrder.Compare(l, r) >= 0,
            };
        }
    }

    public sealed class Between(Operand value, Operand low, Operand high) : Predicate
    {
        public override string Operator => "BETWEEN";

        public override IEnumerable<DocumentPath> Paths => [.. Value.Paths, .. Low.Paths, .. High.Paths];

        public Operand Value { get; } = value;

        public Operand Low { get; } = low;

        public Operand High { get; } = high;

        public override bool Holds(AttributeMap item) =>
            Value.For(item) is { } v && Low.For(item) is { } l && High.For(item) is { } h
            && ValueOrder.Compare(v, l) >= 0 && ValueOrder.Compare(v, h) <= 0;
    }

    public sealed class In(Operand value, IReadOnlyList<Operand> candidates) : Predicate
    {
        public override string Operator => "IN";

        public override IEnumerable<DocumentPath> Paths => [.. Value.Paths, .. Candidates.SelectMany(candidate => candidate.Paths)];

        public Operand Value { get; } = value;

        public IReadOnlyList<Operand> Candidates { get; } = candidates;

        public override bool Holds(AttributeMap item)
        {
            var v = Value.For(item);
            if (v is null)
            {
                return false;
            }

            foreach (var candidate in Candidates)
            {
                if (v.Equals(candidate.For(item)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    public sealed class AttributeExists(Operand of) : Predicate
    {
        public override string Operator => "attribute_exists";

        public override IEnumerable<DocumentPath> Paths => of.Paths;

        public override bool Holds(AttributeMap item) => of.For(item) is not null;
    }

    public sealed class AttributeNotExists(Operand of) : Predicate
    {
        public override string Operator => "attribute_not_exists";

        public override IEnumerable<DocumentPath> Paths => of.Paths;

        public override bool Holds(AttributeMap item) => of.For(item) is null;
    }

    public sealed class AttributeTypeIs(Operand of, AttributeType type) : Predicate
    {
        public override string Operator => "attribute_type";

        public override IEnumerable<DocumentPath> Paths => of.Paths;

        public override bool Holds(AttributeMap item) => of.For(item)?.Type == type;
    }

    public sealed class BeginsWith(Operand of, Operand prefix) : Predicate
    {
        public override string Operator => "begins_with";

        public override IEnumerable<DocumentPath> Paths => [.. Of.Paths, .. Prefix.Paths];

        public Operand Of { get; } = of;

        public Operand Prefix { get; } = prefix;

        public override bool Holds(AttributeMap item) => (Of.For(item), Prefix.For(item)) switch
        {
            (AttributeValue.S s, AttributeValue.S p) => s.Value.StartsWith(p.Value, StringComparison.Ordinal),
            (AttributeValue.B b, AttributeValue.B p) => b.Value.Span.StartsWith(p.Value.Span),
            _ => false,
        };
    }

    /// <summary>A condition that a string or binary contains a part, or a set or list contains a member.</summary>
    public sealed class Contains(Operand of, Operand part) : Predicate
    {
        public override string Operator => "contains";

        public override IEnumerable<DocumentPath> Paths => [.. of.Paths, .. part.Paths];

        public override bool Holds(AttributeMap item) => (of.For(item), part.For(item)) switch
        {
            (AttributeValue.S s, AttributeValue.S p) => s.Value.Contains(p.Value, StringComparison.Ordinal),
            (AttributeValue.B b, AttributeValue.B p) => b.Value.Span.IndexOf(p.Value.Span) >= 0,
            (AttributeValue.SS set, AttributeValue.S member) => set.Value.Contains(member.Value),
            (AttributeValue.NS set, AttributeValue.N member) => set.Value.Contains(member.Value),
            (AttributeValue.BS set, AttributeValue.B member) => set.Value.Contains(member.Value),
            (AttributeValue.L list, { } member) => list.Value.Contains(member),
            _ => false,
        };
    }
}
