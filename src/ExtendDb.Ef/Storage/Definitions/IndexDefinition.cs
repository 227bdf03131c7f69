using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Model;

/// <summary>The definition of an index as this process knows it; never changes, a new one takes its place.</summary>
public sealed class IndexDefinition
{
    private readonly HashSet<string>? _projected;

    internal IndexDefinition(
        int id,
        string name,
        IndexKind kind,
        KeySchema keySchema,
        KeySchema tableKeySchema,
        Projection projection,
        IndexStatus status,
        TimeSpan propagationDelay,
        DateTimeOffset? delayChangedAt = null)
    {
        Id = id;
        Name = name;
        Kind = kind;
        KeySchema = keySchema;
        Projection = projection;
        Status = status;
        PropagationDelay = propagationDelay;
        DelayChangedAt = delayChangedAt;
        _projected = projection.ProjectionType == ProjectionType.ALL
            ? null
            :
            [
                .. tableKeySchema.Attributes.Select(a => a.Name),
                .. keySchema.Attributes.Select(a => a.Name),
                .. projection.NonKeyAttributes,
            ];
    }

    /// <summary>Gets the number that entries of this index carry.</summary>
    public int Id { get; }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets whether the index is global or local.</summary>
    public IndexKind Kind { get; }

    /// <summary>Gets the key.</summary>
    public KeySchema KeySchema { get; }

    /// <summary>Gets which attributes its entries hold.</summary>
    public Projection Projection { get; }

    /// <summary>Gets the state.</summary>
    public IndexStatus Status { get; }

    /// <summary>Gets how long a change of an item waits before it is applied; <see cref="GlobalSecondaryIndex.PropagationDelay"/>.</summary>
    public TimeSpan PropagationDelay { get; }

    /// <summary>Gets when the delay was changed, as long as something may wait longer than it says; null otherwise.</summary>
    internal DateTimeOffset? DelayChangedAt { get; }

    /// <summary>Tells whether the entries of this index hold an attribute, if the item has it.</summary>
    internal bool Projects(string attribute) => _projected is null || _projected.Contains(attribute);

    /// <summary>Returns the entry of an item, or null when the item is not in this index.</summary>
    internal ProjectedEntry? Project(AttributeMap item) =>
        KeySchema.TryOfIndexed(item, out var key) ? new(key.Value, ProjectDocument(item)) : null;

    /// <summary>Tells whether the entry of an item differs between two of its states; null is no item.</summary>
    internal bool EntryDiffers(AttributeMap? before, AttributeMap? after)
    {
        var old = before is null ? null : Project(before);
        var now = after is null ? null : Project(after);
        return old is null ? now is not null : now is null || !old.Document.Equals(now.Document);
    }

    private AttributeMap ProjectDocument(AttributeMap item)
    {
        if (_projected is null)
        {
            return item;
        }

        var projected = new Dictionary<string, AttributeValue>(_projected.Count, StringComparer.Ordinal);
        foreach (var name in _projected)
        {
            if (item.TryGetValue(name, out var value))
            {
                projected.Add(name, value);
            }
        }

        return AttributeMap.Owning(projected);
    }
}
