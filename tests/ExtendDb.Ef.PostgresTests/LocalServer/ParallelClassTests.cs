using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.LocalServer;

/// <summary>Two classes that xunit runs at once, which use the same names.</summary>
public abstract class ParallelClassTests(ExtendDbFixture fixture)
{
    [Fact]
    public Task First_test_of_a_class_has_its_own_table() => PutAsync("first");

    [Fact]
    public Task Second_test_of_a_class_shares_the_database_with_the_first() => PutAsync("second");

    private async Task PutAsync(string test)
    {
        var extendDb = await fixture.GetExtendDbAsync();
        await extendDb.CreateTableAsync(OperationsTable.Of("Song:S").WithGlobal("by-year", "Year:N") with { TableName = test });
        await extendDb.PutItemAsync(new(test, new() { ["Song"] = "Misty", ["Year"] = 1960 }));

        await fixture.IndexesAreUpToDateAsync(TestDeadline.Usual);

        (await extendDb.ScanAsync(new(test) { IndexName = "by-year" })).Items.Should().ContainSingle();
    }

    public sealed class One(ExtendDbFixture fixture) : ParallelClassTests(fixture), IClassFixture<ExtendDbFixture>;

    public sealed class Other(ExtendDbFixture fixture) : ParallelClassTests(fixture), IClassFixture<ExtendDbFixture>;
}
