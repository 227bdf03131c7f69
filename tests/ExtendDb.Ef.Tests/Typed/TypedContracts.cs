using System.Text.Json;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Tests.Typed;

[JsonSerializable(typeof(Track))]
[JsonSerializable(typeof(Sparse))]
[JsonSerializable(typeof(Shape))]
[JsonSerializable(typeof(Open))]
[JsonSerializable(typeof(Song))]
[JsonSerializable(typeof(Plain))]
[JsonSerializable(typeof(Tagged))]
public sealed partial class TypedContracts : JsonSerializerContext;

/// <summary>A class with a member of each kind.</summary>
public sealed class Track
{
    public static Track Example => new()
    {
        Artist = "Arvo Pärt",
        Title = "Fratres",
        Released = 1977,
        Kind = Kind.Concert,
        Mood = Mood.Calm,
        RecordedAt = new(2026, 11, 28, 23, 31, 5, TimeSpan.FromHours(1)),
        Seconds = DynamoNumber.Parse("12345678901234567890123456789012345678"),
        Ratio = 0.1,
        Price = 12.50m,
        Cover = [1, 2, 3],
        Players = new HashSet<string> { "Keith Jarrett", "Gidon Kremer" },
        Charts = [7, 1],
        Hashes = [[5, 6], [4]],
        Takes = ["one", "two"],
        Label = new("ECM", new("München")),
        Plays = new() { ["de"] = 3, ["at"] = 4 },
        Raw = new AttributeValue.NS(DynamoNumber.Parse("5")),
        Rest = new() { ["Any"] = new AttributeValue.SS("thing") },
        IsLive = true,
    };

    public string Artist { get; set; } = "";

    [JsonPropertyName("title")]
    public string Title { get; set; } = "";

    public int Released { get; set; }

    public Kind Kind { get; set; }

    public Mood Mood { get; set; }

    public DateTimeOffset RecordedAt { get; set; }

    public DynamoNumber Seconds { get; set; }

    public double Ratio { get; set; }

    public decimal? Price { get; set; }

    public byte[]? Cover { get; set; }

    public ISet<string> Players { get; set; } = new HashSet<string>();

    public SortedSet<int> Charts { get; set; } = [];

    public HashSet<byte[]> Hashes { get; set; } = [];

    public List<string> Takes { get; set; } = [];

    public Label? Label { get; set; }

    public Dictionary<string, long> Plays { get; set; } = [];

    public AttributeValue? Raw { get; set; }

    public AttributeMap? Rest { get; set; }

    public bool IsLive { get; set; }

    [JsonIgnore]
    public string NotStored => Artist + Title;
}

public enum Kind
{
    Studio,
    Concert,
}

[JsonConverter(typeof(JsonStringEnumConverter<Mood>))]
public enum Mood
{
    Lively,
    Calm,
}

public sealed record Label(string Name, Address? Address);

public sealed record Address(string City);

public sealed class Sparse
{
    public string Id { get; set; } = "";

    public string? Note { get; set; } = "as the class says";

    public HashSet<string> Tags { get; set; } = [];

    public List<string?> Listed { get; set; } = [];

    public Dictionary<string, string?>? ByName { get; set; }
}

[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Square), 2)]
public abstract class Shape
{
    public string Id { get; set; } = "";
}

public sealed class Circle : Shape
{
    public HashSet<int> Corners { get; set; } = [];
}

public sealed class Square : Shape;

public sealed class Open
{
    public string Id { get; set; } = "";

    [JsonExtensionData]
    public Dictionary<string, JsonElement> Others { get; set; } = [];
}

[TableName("Music")]
public sealed record Song(
    [PartitionKey] string Artist, [property: JsonPropertyName("no"), SortKey] int Number, string? Title = null);

public sealed class Plain
{
    public Guid Id { get; set; }

    public DateTimeOffset When { get; set; }
}

public sealed class ByColour
{
    [PartitionKey]
    [JsonConverter(typeof(JsonStringEnumConverter<Colour>))]
    public Colour Colour { get; set; }
}

public enum Colour
{
    Blue,
    Red,
}

public sealed class TwoKeys
{
    [PartitionKey]
    public string First { get; set; } = "";

    [PartitionKey]
    public string Second { get; set; } = "";
}

public sealed record Tagged(string Id, HashSet<string> Tags, HashSet<int>? Numbers);

public sealed record DatedByDateTime([PartitionKey] string Id, [SortKey] DateTime At);

public sealed record DatedByTimeSpan([PartitionKey] string Id, [SortKey] TimeSpan At);

public sealed record KeyedByBoolean([PartitionKey] bool Id);

public sealed record KeyedByList([PartitionKey] List<string> Id);

public sealed record OneKeyTwice([PartitionKey, SortKey] string Id);
