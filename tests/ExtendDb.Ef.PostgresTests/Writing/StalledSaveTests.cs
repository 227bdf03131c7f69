using ExtendDb.Ef.PostgresTests.Propagation;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

[Collection(AloneCollection.Name)]
public class StalledSaveTests(StalledSaves saves) : IClassFixture<StalledSaves>
{
    public static TheoryData<string> Kinds => [.. StalledSaves.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Save_that_stood_still_while_an_index_was_created_is_in_the_index(string kind)
    {
        var (table, ids) = StalledSaves.Written(kind);

        var entries = await Oracle.ScalarAsync(
            saves.Host,
            """
            SELECT count(*)
            FROM extenddb.index_entries AS e
            JOIN extenddb.secondary_indexes AS i ON i.id = e.index_id AND i.name = 'ByColour'
            JOIN extenddb.tables AS t ON t.id = i.table_id AND t.name = $1
            WHERE e.partition_hash = ANY ($2)
            """,
            table,
            ids.Select(id => Tables.KeyOf(id).PartitionHash).ToArray());

        saves.Failures.GetValueOrDefault(kind).Should().BeNull();
        entries.Should().Be(kind.Contains("deletion", StringComparison.Ordinal) ? 0L : ids.LongLength);
    }

    [Fact]
    public Task Indexes_equal_their_items_after_all_those_saves() => Oracle.ExactAsync(saves.Host, "after the saves");
}
