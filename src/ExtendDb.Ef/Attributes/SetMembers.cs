using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Attributes;

/// <summary>Checks and hashes the members of DynamoDB's three set types.</summary>
internal static class SetMembers
{
    /// <summary>Returns the members of a set, in DynamoDB's order: a set that nothing is removed from keeps it.</summary>
    /// <exception cref="ValidationException">There is no member, or a member is given twice.</exception>
    public static HashSet<T> Distinct<T>(
        IEnumerable<T> values, IEqualityComparer<T> comparer, IComparer<T> order, string whenEmpty, Func<T, string> show)
    {
        ArgumentNullException.ThrowIfNull(values);
        var given = values as IReadOnlyCollection<T> ?? [.. values];
        var members = new HashSet<T>(given.Count, comparer);
        var isInOrder = true;
        T? last = default;
        foreach (var value in given)
        {
            ArgumentNullException.ThrowIfNull(value, nameof(values));
            if (!members.Add(value))
            {
                throw ValidationException.InvalidParameter(
                    $"Input collection [{string.Join(", ", given.Select(show))}] contains duplicates.");
            }

            isInOrder = isInOrder && (members.Count == 1 || order.Compare(last, value) < 0);
            last = value;
        }

        return members.Count == 0 ? throw ValidationException.InvalidParameter(whenEmpty)
            : isInOrder ? members
            : new(members.Order(order), comparer);
    }

    // Equal sets in different orders must have one hash, so the hashes of the members are added up.
    public static int Hash<T>(HashSet<T> members, IEqualityComparer<T>? comparer = null) =>
        members.Aggregate(0, (sum, member) =>
            unchecked(sum + (member is null ? 0 : comparer?.GetHashCode(member) ?? member.GetHashCode())));
}
