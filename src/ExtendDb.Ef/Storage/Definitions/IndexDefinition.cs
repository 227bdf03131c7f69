using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Model;

/// <summary>The definition of an index as this process knows it; an immutable snapshot.</summary>
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

    /// <summary>Gets the id of the index, which its entries and markers carry.</summary>
    public int Id { get; }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets whether the index is global or local.</summary>
    public IndexKind Kind { get; }

    /// <summary>Gets the key schema.</summary>
    public KeySchema KeySchema { get; }

    /// <summary>Gets the projection: the attributes that the entries hold.</summary>
    public Projection Projection { get; }

    /// <summary>Gets the state.</summary>
    public IndexStatus Status { get; }

    /// <summary>
    /// Gets the delay before a change is applied; see <see cref="GlobalSecondaryIndex.PropagationDelay"/>.
    /// </summary>
    public TimeSpan PropagationDelay { get; }

    /// <summary>
    /// Gets the time of the last delay change while markers with the old delay may still wait; otherwise null.
    /// </summary>
    internal DateTimeOffset? DelayChangedAt { get; }

    /// <summary>Returns whether the entry of an item that has an attribute holds that attribute.</summary>
    internal bool Projects(string attribute) => _projected is null || _projected.Contains(attribute);

    /// <summary>Returns the entry of an item, or null when the item is not in this index.</summary>
    internal ProjectedEntry? Project(AttributeMap item) =>
        KeySchema.TryOfIndexed(item, out var key) ? new(key.Value, ProjectDocument(item)) : null;

    /// <summary>
    /// Returns whether the entry of an item differs between two states of the item; null stands for no item.
    /// </summary>
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
