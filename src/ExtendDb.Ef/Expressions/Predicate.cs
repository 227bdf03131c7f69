using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>A parsed condition, which can be evaluated for many items.</summary>
internal abstract class Predicate
{
    /// <summary>Returns whether an item fulfils the condition; no item counts as an item without attributes.</summary>
    public abstract bool Holds(AttributeMap item);

    /// <summary>Gets the name of the operator or function in DynamoDB's messages.</summary>
    public abstract string Operator { get; }

    /// <summary>The item has exactly these attributes, each with exactly this value.</summary>
    public sealed class Whole(AttributeMap expected) : Predicate
    {
        public override string Operator => "=";

        public override bool Holds(AttributeMap item) => expected.Equals(item);
    }

    public sealed class And(Predicate left, Predicate right) : Predicate
    {
        public override string Operator => "AND";

        public Predicate Left { get; } = left;

        public Predicate Right { get; } = right;

        public override bool Holds(AttributeMap item) => Left.Holds(item) && Right.Holds(item);
    }

    public sealed class Or(Predicate left, Predicate right) : Predicate
    {
        public override string Operator => "OR";

        public override bool Holds(AttributeMap item) => left.Holds(item) || right.Holds(item);
    }

    public sealed class Not(Predicate inner) : Predicate
    {
        public override string Operator => "NOT";

        public override bool Holds(AttributeMap item) => !inner.Holds(item);
    }

    /// <summary>A comparison by one of <c>= &lt;&gt; &lt; &lt;= &gt; &gt;=</c>.</summary>
    public sealed class Comparison(string symbol, Operand left, Operand right) : Predicate
    {
        public override string Operator => symbol;

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

        public override bool Holds(AttributeMap item)
        {
            var v = value.For(item);
            if (v is null)
            {
                return false;
            }

            foreach (var candidate in candidates)
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

        public override bool Holds(AttributeMap item) => of.For(item) is not null;
    }

    public sealed class AttributeNotExists(Operand of) : Predicate
    {
        public override string Operator => "attribute_not_exists";

        public override bool Holds(AttributeMap item) => of.For(item) is null;
    }

    public sealed class AttributeTypeIs(Operand of, AttributeType type) : Predicate
    {
        public override string Operator => "attribute_type";

        public override bool Holds(AttributeMap item) => of.For(item)?.Type == type;
    }

    public sealed class BeginsWith(Operand of, Operand prefix) : Predicate
    {
        public override string Operator => "begins_with";

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
