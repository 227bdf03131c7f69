using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>Parses expressions, which a request does once, and evaluates them, which it does for each item.</summary>
[MemoryDiagnoser]
public class ExpressionBenchmark
{
    private const string Condition =
        "attribute_exists(Artist) AND (Plays BETWEEN :low AND :high OR contains(#tags, :tag)) AND NOT size(Players) > :ten";

    private const string Update = "SET Plays = if_not_exists(Plays, :low) + :ten, Album.Title = :tag REMOVE Former, Notes[0]";

    private readonly AttributeMap _item = new()
    {
        ["Artist"] = "Arvo Pärt",
        ["Plays"] = 4_711,
        ["tags"] = new AttributeValue.SS("minimal", "estonian", "strings"),
        ["Players"] = new AttributeValue.L("Gidon Kremer", "Keith Jarrett"),
        ["Album"] = new AttributeMap { ["Title"] = "Tabula rasa", ["Year"] = 1984 },
        ["Notes"] = new AttributeValue.L("first", "second"),
    };

    private readonly Dictionary<string, string> _names = new() { ["#tags"] = "tags" };

    private readonly AttributeMap _values = new()
    {
        [":low"] = 0,
        [":high"] = 1_000,
        [":tag"] = "estonian",
        [":ten"] = 10,
    };

    private readonly ItemCondition _condition;
    private readonly ItemUpdate _update;
    private readonly DocumentProjection _projection;

    /// <summary>Initializes what the evaluations take: parsed before they begin.</summary>
    public ExpressionBenchmark()
    {
        _condition = ItemCondition.Parse(Condition, new(_names, _values))!;
        _update = ItemUpdate.Parse(Update, new(_names, _values))!;
        _projection = DocumentProjection.Parse("Artist, Album.Title, Notes[1]", new(null))!;
    }

    /// <summary>Runs all of them in this process, and prints times and allocations.</summary>
    public static void Run() => BenchmarkRunner.Run<ExpressionBenchmark>(
        DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));

    /// <summary>Parses a condition with five operators and three functions.</summary>
    /// <returns>The condition.</returns>
    [Benchmark]
    public object ParseCondition() => ItemCondition.Parse(Condition, new(_names, _values))!;

    /// <summary>Evaluates it, all of it.</summary>
    /// <returns>True.</returns>
    [Benchmark]
    public bool EvaluateCondition() => _condition.Holds(_item);

    /// <summary>Parses an update of four paths.</summary>
    /// <returns>The update.</returns>
    [Benchmark]
    public object ParseUpdate() => ItemUpdate.Parse(Update, new(_names, _values))!;

    /// <summary>Makes the update to an item of six attributes.</summary>
    /// <returns>The new item.</returns>
    [Benchmark]
    public AttributeMap ApplyUpdate() => _update.ApplyTo(_item);

    /// <summary>Projects three paths out of the item.</summary>
    /// <returns>The projected item.</returns>
    [Benchmark]
    public AttributeMap Project() => _projection.Of(_item);
}
