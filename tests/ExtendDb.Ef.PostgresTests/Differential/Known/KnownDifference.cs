namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>A way in which DynamoDB Local 3.3.0 does not answer as the service does, and the library does.</summary>
/// <param name="Name">What DynamoDB Local does.</param>
/// <param name="Source">What shows how the service answers.</param>
/// <param name="Applies">Tells whether two answers differ in this way, and in no other.</param>
/// <param name="Example">Requests of which the last one is answered in this way, and those before it are answered alike.</param>
internal sealed record KnownDifference(
    string Name, string Source, Func<Difference, bool> Applies, Func<ComparedTables, IReadOnlyList<object>> Example)
{
    /// <summary>Describes a difference that one request shows, whatever is stored.</summary>
    public KnownDifference(string name, string source, Func<Difference, bool> applies, Func<ComparedTables, object> example)
        : this(name, source, applies, tables => [example(tables)])
    {
    }

    public override string ToString() => $"{Name} (source: {Source})";
}
