using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Storage.Definitions;

public sealed class TableDefinitionTests
{
    private static readonly KeySchema Key = new(new KeyAttribute("p", AttributeType.S));

    private static IndexDefinition Index(
        string name, string hash, IndexStatus status = IndexStatus.ACTIVE, IndexKind kind = IndexKind.GLOBAL) =>
        new(name[0], name, kind, new(new KeyAttribute(hash, AttributeType.S)), Key, Projection.All, status, TimeSpan.Zero);

    private static TableDefinition Table(params IndexDefinition[] indexes) =>
        new(1, "Files", Guid.Empty, false, DateTimeOffset.UnixEpoch, Key, indexes);

    [Fact]
    public void Item_of_409600_bytes_is_accepted()
    {
        var item = new AttributeMap { ["p"] = "a", ["v"] = new byte[409_600 - 3] };

        var place = Table().CheckItem(item);

        place.Should().Be(Key.OfItem(item));
    }

    [Fact]
    public void Item_of_409601_bytes_is_refused()
    {
        var item = new AttributeMap { ["p"] = "a", ["v"] = new byte[409_601 - 3] };

        var check = () => Table().CheckItem(item);

        check.Should().Throw<ValidationException>().WithMessage("Item size has exceeded the maximum allowed size");
    }

    [Fact]
    public void First_offending_index_by_name_is_named()
    {
        var table = Table(Index("b", "x"), Index("a", "x"));

        var check = () => table.CheckItem(new AttributeMap { ["p"] = "a", ["x"] = "" });

        check.Should().Throw<ValidationException>().WithMessage("*IndexName: a, IndexKey: x");
    }

    [Fact]
    public void Largest_partition_key_may_be_an_index_key_too()
    {
        var table = Table(Index("a", "p"));

        var check = () => table.CheckItem(new AttributeMap { ["p"] = new string('a', 2048) });

        check.Should().NotThrow();
    }

    [Fact]
    public void Unknown_index_is_refused_by_name()
    {
        var table = Table(Index("a", "p"));

        var find = () => table.ActiveIndex("A");

        find.Should().Throw<ValidationException>().WithMessage("The table does not have the specified index: A");
    }

    [Fact]
    public void Index_that_is_being_filled_cannot_be_read()
    {
        var table = Table(Index("a", "p", IndexStatus.CREATING));

        var find = () => table.ActiveIndex("a");

        find.Should().Throw<ValidationException>().WithMessage("Cannot read from backfilling global secondary index: a");
    }

    [Theory]
    [InlineData("")]
    [InlineData(7)]
    public void Update_leaves_alone_a_value_that_an_index_cannot_have_as_its_key(object value)
    {
        var stored = new AttributeMap { ["p"] = "a", ["x"] = value is int number ? number : (string)value };
        var table = Table(Index("a", "x"));

        var check = () => table.CheckUpdatedItem(stored.With("other", 1), stored);

        check.Should().NotThrow();
    }

    [Fact]
    public void Update_that_changes_a_value_to_one_that_an_index_cannot_have_is_refused()
    {
        var stored = new AttributeMap { ["p"] = "a", ["x"] = 7 };
        var table = Table(Index("a", "x"));

        var check = () => table.CheckUpdatedItem(stored.With("x", 8), stored);

        check.Should().Throw<ValidationException>().WithMessage("*secondary index key*");
    }

    [Fact]
    public void Writes_go_to_global_indexes_that_are_being_filled_too()
    {
        var table = Table(
            Index("a", "x"), Index("b", "x", IndexStatus.CREATING), Index("d", "p", kind: IndexKind.LOCAL));

        var names = table.GlobalIndexes.Select(i => i.Name);

        names.Should().Equal("a", "b");
        table.LocalIndexes.Select(i => i.Name).Should().Equal("d");
    }
}
