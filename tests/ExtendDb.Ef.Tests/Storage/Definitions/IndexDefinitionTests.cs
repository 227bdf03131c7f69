using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Storage.Definitions;

public sealed class IndexDefinitionTests
{
    private static readonly KeySchema TableKey =
        new(new KeyAttribute("p", AttributeType.S), new KeyAttribute("c", AttributeType.S));

    private static readonly AttributeMap Item = new()
    {
        ["p"] = "a",
        ["c"] = "b",
        ["day"] = "monday",
        ["size"] = 42,
        ["x"] = 1,
        ["y"] = new AttributeValue.SS("1", "2"),
    };

    private static IndexDefinition Index(Projection projection) => new(
        1,
        "gsi",
        IndexKind.GLOBAL,
        new(new KeyAttribute("day", AttributeType.S), new KeyAttribute("size", AttributeType.N)),
        TableKey,
        projection,
        IndexStatus.ACTIVE,
        TimeSpan.Zero);

    public static TheoryData<string, string[]> Projections => new()
    {
        { "ALL", ["p", "c", "day", "size", "x", "y"] },
        { "KEYS_ONLY", ["p", "c", "day", "size"] },
        { "INCLUDE", ["p", "c", "day", "size", "y"] },
    };

    private static Projection Of(string type) => type switch
    {
        "ALL" => Projection.All,
        "KEYS_ONLY" => Projection.KeysOnly,
        _ => Projection.Include("y", "missing", "day"),
    };

    [Theory]
    [MemberData(nameof(Projections))]
    public void Entry_holds_the_keys_and_what_is_projected(string type, string[] names)
    {
        var index = Index(Of(type));

        var entry = index.Project(Item)!;

        entry.Document.Keys.Should().BeEquivalentTo(names);
        entry.Document.Should().OnlyContain(a => a.Value.Equals(Item[a.Key]));
    }

    [Fact]
    public void Entry_stands_at_the_index_key()
    {
        var index = Index(Projection.KeysOnly);

        var entry = index.Project(Item)!;

        entry.Key.Should().Be(new ItemKey(PartitionHash.Of("monday"), SortKeyEncoding.Encode((AttributeValue)42)));
    }

    [Fact]
    public void Size_of_an_entry_is_that_of_its_projected_attributes()
    {
        var index = Index(Projection.KeysOnly);

        var entry = index.Project(Item)!;

        entry.SizeBytes.Should().Be((1 + 1) + (1 + 1) + (3 + 6) + (4 + 2));
    }

    [Theory]
    [InlineData("day")]
    [InlineData("size")]
    public void Item_without_an_index_key_has_no_entry(string name)
    {
        var index = Index(Projection.All);

        var entry = index.Project(Item.Without(name));

        entry.Should().BeNull();
    }

    [Fact]
    public void Item_with_an_index_key_of_another_type_has_no_entry()
    {
        var index = Index(Projection.All);

        var entry = index.Project(Item.With("size", "42"));

        entry.Should().BeNull();
    }

    [Theory]
    [InlineData("KEYS_ONLY", "x", false)]
    [InlineData("KEYS_ONLY", "day", true)]
    [InlineData("INCLUDE", "x", false)]
    [InlineData("INCLUDE", "y", true)]
    [InlineData("INCLUDE", "missing", true)]
    [InlineData("ALL", "x", true)]
    public void Entry_differs_only_by_what_the_index_holds(string type, string changed, bool expected)
    {
        var index = Index(Of(type));

        var differs = index.EntryDiffers(Item, Item.With(changed, "other"));

        differs.Should().Be(expected);
    }

    [Fact]
    public void Entry_that_comes_or_goes_differs()
    {
        var index = Index(Projection.KeysOnly);

        bool[] differs =
        [
            index.EntryDiffers(null, Item), index.EntryDiffers(Item, null),
            index.EntryDiffers(Item.Without("day"), Item), index.EntryDiffers(Item, Item.Without("size")),
        ];

        differs.Should().AllBeEquivalentTo(true);
    }

    [Fact]
    public void Item_that_is_outside_the_index_before_and_after_differs_in_nothing()
    {
        var index = Index(Projection.All);

        bool[] differs =
        [
            index.EntryDiffers(null, null), index.EntryDiffers(null, Item.Without("day")),
            index.EntryDiffers(Item.Without("day"), Item.Without("size")),
        ];

        differs.Should().AllBeEquivalentTo(false);
    }

    [Fact]
    public void Same_values_written_in_another_way_differ_in_nothing()
    {
        var index = Index(Projection.All);
        var same = new AttributeMap(Item.Reverse())
            .With("size", DynamoNumber.Parse("42.0")).With("y", new AttributeValue.SS("2", "1"));

        var differs = index.EntryDiffers(Item, same);

        differs.Should().BeFalse();
    }
}
