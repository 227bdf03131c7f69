using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.WebConsole.Components.Parts;

/// <summary>The fields of a form for a key, and for an index with that key.</summary>
public sealed class IndexForm
{
    /// <summary>Gets or sets the name of the index.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Gets or sets the attribute of the partition key.</summary>
    public string Hash { get; set; } = string.Empty;

    /// <summary>Gets or sets its type.</summary>
    public AttributeType HashType { get; set; } = AttributeType.S;

    /// <summary>Gets or sets the attribute of the sort key; empty for none.</summary>
    public string Range { get; set; } = string.Empty;

    /// <summary>Gets or sets its type.</summary>
    public AttributeType RangeType { get; set; } = AttributeType.S;

    /// <summary>Gets or sets which attributes the entries have.</summary>
    public ProjectionType Projection { get; set; } = ProjectionType.ALL;

    /// <summary>Gets or sets the further attributes of INCLUDE, divided by commas.</summary>
    public string NonKeyAttributes { get; set; } = string.Empty;

    /// <summary>Gets or sets the delay in ms; null for the default.</summary>
    public int? DelayMs { get; set; }

    /// <summary>Returns the key schema.</summary>
    public IReadOnlyList<KeySchemaElement> KeySchema() => Range.Trim().Length == 0
        ? [new(Hash.Trim(), KeyType.HASH)]
        : [new(Hash.Trim(), KeyType.HASH), new(Range.Trim(), KeyType.RANGE)];

    /// <summary>Returns the definitions of the attributes of several keys.</summary>
    public static IReadOnlyList<AttributeDefinition> Definitions(IEnumerable<IndexForm> forms) =>
    [
        .. forms.SelectMany<IndexForm, AttributeDefinition>(form => form.Range.Trim().Length == 0
                ? [new(form.Hash.Trim(), form.HashType)]
                : [new(form.Hash.Trim(), form.HashType), new(form.Range.Trim(), form.RangeType)])
            .Distinct(),
    ];

    /// <summary>Returns the index.</summary>
    public GlobalSecondaryIndex ToIndex() => new(Name.Trim(), KeySchema(), ToProjection()) { PropagationDelay = Delay };

    /// <summary>Returns the creation of the index in an existing table.</summary>
    public CreateGlobalSecondaryIndexAction ToCreation() =>
        new(Name.Trim(), KeySchema(), ToProjection()) { PropagationDelay = Delay };

    private TimeSpan? Delay => DelayMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    private Projection ToProjection() => new(Projection)
    {
        NonKeyAttributes = Projection == ProjectionType.INCLUDE
            ? NonKeyAttributes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [],
    };
}
