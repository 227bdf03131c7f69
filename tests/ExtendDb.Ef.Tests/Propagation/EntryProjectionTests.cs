using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime.Catalog;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Propagation;

public sealed class EntryProjectionTests
{
    private const int All = 1, KeysOnly = 2, Unknown = 3;

    private static readonly KeySchema Key = new(new KeyAttribute("p", AttributeType.S));

    private static readonly AttributeMap Item = new() { ["p"] = "a\0", ["day"] = "monday", ["x"] = "\u0001" };

    private static readonly Definitions Known = new(1,
    [
        new(1, "Files", Guid.Empty, false, DateTimeOffset.UnixEpoch, Key,
        [
            Index(All, Projection.All), Index(KeysOnly, Projection.KeysOnly),
        ]),
    ]);

    private static IndexDefinition Index(int id, Projection projection) => new(
        id, $"gsi{id}", IndexKind.GLOBAL, new(new KeyAttribute("day", AttributeType.S)), Key, projection, IndexStatus.ACTIVE, TimeSpan.Zero);

    private static List<EntryChange> Changes(byte[]? document, params int[] indexes) => EntryProjection.Changes(
        [new(1, Key.OfItem(Item), indexes, default, document, ItemSize.Of(Item))], Known);

    [Fact]
    public void Claimed_item_gives_one_entry_for_each_index()
    {
        var document = StoredDocument.Write(Item);

        var changes = Changes(document, All, KeysOnly);

        changes.Select(c => (c.IndexId, c.Item, Key: c.Entry!.Key)).Should().Equal(
            (All, Key.OfItem(Item), new ItemKey(PartitionHash.Of("monday"), [])),
            (KeysOnly, Key.OfItem(Item), new ItemKey(PartitionHash.Of("monday"), [])));
    }

    [Fact]
    public void Entries_hold_what_their_index_projects_and_its_size()
    {
        var document = StoredDocument.Write(Item);

        var entries = Changes(document, All, KeysOnly).Select(c => c.Entry!).ToList();

        entries.Select(e => (object)StoredDocument.Read(e.Document)).Should().Equal(Item, Item.Without("x"));
        entries.Select(e => e.SizeBytes).Should().Equal(14, 12);
    }

    [Fact]
    public void Item_that_is_gone_takes_its_entries_away()
    {
        byte[]? document = null;

        var changes = Changes(document, All, KeysOnly);

        changes.Should().HaveCount(2).And.OnlyContain(c => c.Entry == null && c.Unreadable == null);
    }

    [Fact]
    public void Item_that_left_the_index_takes_its_entry_away()
    {
        var document = StoredDocument.Write(Item.Without("day"));

        var changes = Changes(document, All);

        changes.Should().ContainSingle().Which.Entry.Should().BeNull();
    }

    [Fact]
    public void Index_that_is_gone_gives_no_change()
    {
        var document = StoredDocument.Write(Item);

        var changes = Changes(document, Unknown);

        changes.Should().BeEmpty();
    }

    [Fact]
    public void Document_that_cannot_be_read_is_told_and_not_thrown()
    {
        var document = """{"p":{"S":1}}"""u8.ToArray();

        var changes = Changes(document, All, KeysOnly);

        changes.Should().HaveCount(2).And.OnlyContain(c => c.Unreadable != null && c.Entry == null);
    }

    [Fact]
    public void Document_with_half_a_surrogate_pair_is_told_and_not_thrown()
    {
        var document = """{"p":{"S":"\ud83d"}}"""u8.ToArray();

        var changes = Changes(document, All);

        changes.Should().ContainSingle().Which.Unreadable.Should().NotBeNull();
    }
}
