using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Tests.Attributes;

/// <summary>DynamoDB's order of key values and its conditions on them, worked out without their encoding.</summary>
internal static class KeyValues
{
    public static bool Fulfils(AttributeValue key, Condition condition)
    {
        var order = Compare(key, condition.AttributeValueList[0]);
        return condition.ComparisonOperator switch
        {
            ComparisonOperator.EQ => order == 0,
            ComparisonOperator.LT => order < 0,
            ComparisonOperator.LE => order <= 0,
            ComparisonOperator.GT => order > 0,
            ComparisonOperator.GE => order >= 0,
            ComparisonOperator.BETWEEN => order >= 0 && Compare(key, condition.AttributeValueList[1]) <= 0,
            _ => BeginsWith(key, condition.AttributeValueList[0]),
        };
    }

    // Strings compare by code points: their UTF-32 units, one by one.
    public static int Compare(AttributeValue left, AttributeValue right) => (left, right) switch
    {
        (AttributeValue.N l, AttributeValue.N r) => l.Value.CompareTo(r.Value),
        (AttributeValue.B l, AttributeValue.B r) => Compare(l.Value.ToArray().Select(b => (int)b), r.Value.ToArray().Select(b => (int)b)),
        (AttributeValue.S l, AttributeValue.S r) =>
            Compare(l.Value.EnumerateRunes().Select(c => c.Value), r.Value.EnumerateRunes().Select(c => c.Value)),
        _ => throw new InvalidOperationException(),
    };

    private static int Compare(IEnumerable<int> left, IEnumerable<int> right)
    {
        var (l, r) = (left.ToArray(), right.ToArray());
        var differs = Enumerable.Range(0, Math.Min(l.Length, r.Length)).Where(i => l[i] != r[i]).ToList();
        return differs is [var at, ..] ? l[at].CompareTo(r[at]) : l.Length.CompareTo(r.Length);
    }

    private static bool BeginsWith(AttributeValue key, AttributeValue prefix) => (key, prefix) switch
    {
        (AttributeValue.S k, AttributeValue.S p) => k.Value.StartsWith(p.Value, StringComparison.Ordinal),
        (AttributeValue.B k, AttributeValue.B p) => k.Value.ToArray().Take(p.Value.Length).SequenceEqual(p.Value.ToArray()),
        _ => throw new InvalidOperationException(),
    };
}
