using Amazon.DynamoDBv2.DataModel;

namespace ExtendDb.Ef.ServerTests.Sdk.Objects;

/// <summary>An object of the SDK's persistence model, with a version that guards against lost updates.</summary>
[DynamoDBTable("overridden")]
public sealed class Song
{
    [DynamoDBHashKey]
    public string Artist { get; set; } = string.Empty;

    [DynamoDBRangeKey]
    public string Title { get; set; } = string.Empty;

    [DynamoDBGlobalSecondaryIndexHashKey("by-year")]
    public int Year { get; set; }

    public DateTime Recorded { get; set; }

    public List<string> Players { get; set; } = [];

    public HashSet<string> Tags { get; set; } = [];

    public byte[] Cover { get; set; } = [];

    public Label? Label { get; set; }

    [DynamoDBVersion]
    public int? Version { get; set; }
}

/// <summary>An object inside another.</summary>
public sealed class Label
{
    public string Name { get; set; } = string.Empty;

    public decimal Price { get; set; }

    public bool Independent { get; set; }
}
