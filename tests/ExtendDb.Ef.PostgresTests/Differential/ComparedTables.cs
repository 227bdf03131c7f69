using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Tables with keys of all types, with and without a sort key, and with indexes of all projections.</summary>
internal sealed class ComparedTables
{
    public ComparedTable Simple { get; } = new(OperationsTable.Of("p:S")
        .WithGlobal("gsi", "n1:N").WithGlobal("gsb", "s1:S b1:B", Projection.Include("a", "m")));

    public ComparedTable Sorted { get; } = new(OperationsTable.Of("p:S n1:N")
        .WithLocal("lss", "p:S s1:S").WithLocal("lsb", "p:S b1:B", Projection.KeysOnly)
        .WithGlobal("gsn", "s1:S n1:N", Projection.KeysOnly).WithGlobal("gbp", "b1:B p:S", Projection.Include("a", "c")));

    public ComparedTable Numbered { get; } =
        new(OperationsTable.Of("n1:N b1:B").WithLocal("lin", "n1:N s1:S", Projection.Include("a")));

    public ComparedTable Swapped { get; } = new(OperationsTable.Of("b1:B s1:S").WithGlobal("swapped", "s1:S b1:B"));

    public IReadOnlyList<ComparedTable> All => [Simple, Sorted, Numbered, Swapped];
}
