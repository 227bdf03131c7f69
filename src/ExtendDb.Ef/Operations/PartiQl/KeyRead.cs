using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Querying;

namespace ExtendDb.Ef.Operations.PartiQl;

/// <summary>A part of the items that a SELECT reads: a range of the sort keys of one partition.</summary>
/// <param name="Hash">The value of the partition key.</param>
/// <param name="Partition">Its hash.</param>
/// <param name="Range">The range of sort keys.</param>
/// <param name="SortKey">The only sort key in the range; null for a range of any other kind.</param>
internal sealed record KeyRead(AttributeValue Hash, Guid Partition, SortKeyRange Range, AttributeValue? SortKey)
{
    /// <summary>Returns the reads for the alternatives of a WHERE; alternatives that contradict themselves have none.</summary>
    /// <exception cref="ValidationException">Two overlap, or a value does not suit the key.</exception>
    public static List<KeyRead> Of(KeySchema key, IReadOnlyList<WhereBranch> branches)
    {
        foreach (var branch in branches)
        {
            if (branch.MistypedPart(key) is { } part)
            {
                throw new ValidationException(
                    $"Key attribute's data type should match its data type in table's schema: Key {part.Name}");
            }
        }

        var reads = branches
            .Select(branch => (Hashes: branch.ValuesOf(key.Hash), Range: branch.RangeOf(key), branch))
            .Where(read => read.Hashes.Count == 1 && !read.Range.IsEmpty)
            .Select(read => new KeyRead(
                read.Hashes[0],
                key.HashOf(new() { [key.Hash.Name] = read.Hashes[0] }),
                read.Range,
                key.Range is { } range && read.branch.ValuesOf(range) is { Count: 1 } values ? values[0] : null))
            .ToList();
        if (branches.Count > 1 && branches.Any(branch => branch.HasFilterOn(key.Range)))
        {
            // What no range expresses may overlap, so each partition is read once, and the filter decides.
            return [.. reads.Select(read => read with { Range = SortKeyRange.All, SortKey = null }).DistinctBy(read => read.Hash)];
        }

        for (var i = 0; i < reads.Count; i++)
        {
            for (var j = i + 1; j < reads.Count; j++)
            {
                if (reads[i].Hash.Equals(reads[j].Hash) && !reads[i].Range.Intersect(reads[j].Range).IsEmpty)
                {
                    throw new ValidationException("Overlapping conditions with range keys are not supported in where clause");
                }
            }
        }

        return reads;
    }

    /// <summary>Returns the reads of the partitions in their order or in that of their values, each partition's in order.</summary>
    /// <param name="reads">The reads in the order of the statement.</param>
    /// <param name="isForward">Whether the sort keys ascend.</param>
    /// <param name="partitions">Whether the values of the partition keys ascend; null for the order of the statement.</param>
    public static List<KeyRead> Sorted(List<KeyRead> reads, bool isForward, bool? partitions)
    {
        var groups = reads.GroupBy(read => read.Hash).ToList();
        if (partitions is { } ascend)
        {
            groups.Sort((one, two) => (ValueOrder.Compare(one.Key, two.Key) ?? 0) * (ascend ? 1 : -1));
        }

        var byBytes = Comparer<byte[]>.Create((one, two) => one.AsSpan().SequenceCompareTo(two));
        return
        [
            .. groups.SelectMany(group => isForward
                ? group.OrderBy(read => read.Range.Low, byBytes)
                : group.OrderByDescending(read => read.Range.Low, byBytes)),
        ];
    }
}
