using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Typed;

/// <summary>What becomes of the members of a class, by reflection and by source-generated contracts.</summary>
public class ItemMappingTests
{
    public static readonly TheoryData<bool> Contracts = [false, true];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Object_is_stored_by_its_contract_and_read_back(bool generated)
    {
        var mapping = Mapping(generated, TypedContracts.Default.Track);

        var item = mapping.ToItem(Track.Example);

        item.Should().Equal(new AttributeMap
        {
            ["Artist"] = "Arvo Pärt",
            ["title"] = "Fratres",
            ["Released"] = 1977,
            ["Kind"] = 1,
            ["Mood"] = "Calm",
            ["RecordedAt"] = "2026-11-28T23:31:05+01:00",
            ["Seconds"] = DynamoNumber.Parse("12345678901234567890123456789012345678"),
            ["Ratio"] = DynamoNumber.Parse("0.1"),
            ["Price"] = DynamoNumber.Parse("12.50"),
            ["Cover"] = new byte[] { 1, 2, 3 },
            ["Players"] = new AttributeValue.SS("Gidon Kremer", "Keith Jarrett"),
            ["Charts"] = new AttributeValue.NS(DynamoNumber.Parse("1"), DynamoNumber.Parse("7")),
            ["Hashes"] = new AttributeValue.BS(new byte[] { 4 }, new byte[] { 5, 6 }),
            ["Takes"] = new AttributeValue.L(["one", "two"]),
            ["Label"] = new AttributeMap { ["Name"] = "ECM", ["Address"] = new AttributeMap { ["City"] = "München" } },
            ["Plays"] = new AttributeMap { ["de"] = 3, ["at"] = 4 },
            ["Raw"] = new AttributeValue.NS(DynamoNumber.Parse("5")),
            ["Rest"] = new AttributeMap { ["Any"] = new AttributeValue.SS("thing") },
            ["IsLive"] = true,
        });
        mapping.FromItem(item).Should().BeEquivalentTo(Track.Example);
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Member_that_is_null_is_left_out_and_a_missing_attribute_leaves_the_member_alone(bool generated)
    {
        var mapping = Mapping(generated, TypedContracts.Default.Sparse);

        var item = mapping.ToItem(new() { Id = "1", Note = null, Tags = [] });

        item.Should().Equal(new AttributeMap { ["Id"] = "1", ["Listed"] = new AttributeValue.L() });
        mapping.FromItem(item).Note.Should().Be("as the class says");
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Kept_null_is_an_attribute_and_is_read_as_null(bool generated)
    {
        var mapping = Mapping(generated, TypedContracts.Default.Sparse, builder => builder.KeepNulls());

        var item = mapping.ToItem(new() { Id = "1", Note = null, Tags = [] });

        item["Note"].Should().Be(new AttributeValue.NULL());
        mapping.FromItem(item).Note.Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Null_among_the_elements_of_a_list_or_the_values_of_a_dictionary_is_kept(bool generated)
    {
        var mapping = Mapping(generated, TypedContracts.Default.Sparse);
        var sparse = new Sparse { Id = "1", Listed = ["a", null], ByName = new() { ["none"] = null } };

        var item = mapping.ToItem(sparse);

        item["Listed"].Should().Be(new AttributeValue.L(["a", new AttributeValue.NULL()]));
        item["ByName"].Should().Be(new AttributeValue.M(new() { ["none"] = new AttributeValue.NULL() }));
        mapping.FromItem(item).Should().BeEquivalentTo(sparse);
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Derived_type_is_stored_with_its_name_and_found_by_it_in_any_order_of_the_attributes(bool generated)
    {
        var mapping = Mapping(generated, TypedContracts.Default.Shape);
        var circle = new Circle { Id = "c", Corners = [1, 2] };

        var item = mapping.ToItem(circle);
        AttributeMap other = [.. item.OrderBy(attribute => attribute.Key == "$type")];

        item["Corners"].Should().Be(new AttributeValue.NS(DynamoNumber.Parse("1"), DynamoNumber.Parse("2")));
        mapping.FromItem(other).Should().BeOfType<Circle>().And.BeEquivalentTo(circle);
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Extension_data_takes_what_the_class_has_no_members_for(bool generated)
    {
        var mapping = Mapping(generated, TypedContracts.Default.Open);

        var open = mapping.FromItem(new() { ["Id"] = "1", ["Other"] = 42 });

        open.Others["Other"].GetInt32().Should().Be(42);
        mapping.ToItem(open).Should().Equal(new AttributeMap { ["Id"] = "1", ["Other"] = 42 });
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Attribute_of_another_type_is_refused_with_the_name_of_the_member(bool generated)
    {
        var mapping = Mapping(generated, TypedContracts.Default.Track);

        var read = () => mapping.FromItem(new() { ["Artist"] = "a", ["title"] = "t", ["Released"] = "last year" });

        read.Should().Throw<JsonException>().WithMessage("*Path: $.Released*");
    }

    [Fact]
    public void Attributes_of_a_class_and_of_a_records_parameters_name_table_and_keys()
    {
        var songs = Typed<Song>();

        songs.TableName.Should().Be("Music");
        songs.Key(("Arvo Pärt", 3)).Should().Equal(new AttributeMap { ["Artist"] = "Arvo Pärt", ["no"] = 3 });
        songs.ToCreateTableRequest().Should().BeEquivalentTo(new CreateTableRequest(
            "Music",
            [new("Artist", KeyType.HASH), new("no", KeyType.RANGE)],
            [new("Artist", AttributeType.S), new("no", AttributeType.N)]));
    }

    [Fact]
    public void Source_generated_contract_shows_the_attributes_of_the_class_too()
    {
        var songs = Typed(TypedContracts.Default.Song);

        songs.Key(("Arvo Pärt", 3)).Should().Equal(new AttributeMap { ["Artist"] = "Arvo Pärt", ["no"] = 3 });
    }

    [Fact]
    public void Builder_names_table_and_keys_of_a_class_without_attributes()
    {
        var when = new DateTimeOffset(2026, 11, 28, 23, 0, 0, TimeSpan.Zero);

        var table = Typed(
            TypedContracts.Default.Plain,
            builder => builder.Table("plain").PartitionKey(plain => plain.Id).SortKey(plain => plain.When));

        table.TableName.Should().Be("plain");
        table.Key((Guid.Empty, when)).Should().Equal(new AttributeMap
        {
            ["Id"] = "00000000-0000-0000-0000-000000000000",
            ["When"] = "2026-11-28T23:00:00+00:00",
        });
    }

    [Fact]
    public void Key_has_the_form_that_the_converter_of_its_member_gives()
    {
        var table = Typed<ByColour>();

        table.Key(new(Colour.Red)).Should().Equal(new AttributeMap { ["Colour"] = "Red" });
        table.ToCreateTableRequest().AttributeDefinitions.Should().Equal(new AttributeDefinition("Colour", AttributeType.S));
    }

    [Fact]
    public void Key_without_its_sort_key_or_with_one_too_many_is_refused()
    {
        var tooShort = () => Typed<Song>().Key("Arvo Pärt");
        var tooLong = () => Typed<ByColour>().Key((Colour.Red, 1));
        var none = () => Typed<Plain>().Key("1");

        tooShort.Should().Throw<InvalidOperationException>().WithMessage("A key of Song needs a value of no, its sort key.");
        tooLong.Should().Throw<InvalidOperationException>().WithMessage("ByColour names no sort key*");
        none.Should().Throw<InvalidOperationException>().WithMessage("Plain names no partition key: mark a member with *PartitionKey*");
    }

    [Fact]
    public void Two_members_with_one_part_in_the_key_are_refused()
    {
        var table = () => Typed<TwoKeys>();

        table.Should().Throw<ArgumentException>().WithMessage("Several members of TwoKeys have a PartitionKeyAttribute: First, Second.");
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Set_without_an_attribute_is_empty_unless_it_can_be_null(bool generated)
    {
        var mapping = Mapping(generated, TypedContracts.Default.Tagged);

        var item = mapping.ToItem(new("1", [], []));

        item.Should().Equal(new AttributeMap { ["Id"] = "1" });
        mapping.FromItem(item).Should().BeEquivalentTo(new Tagged("1", [], null));
    }

    [Fact]
    public void Member_whose_values_cannot_be_keys_is_refused()
    {
        Refusal<KeyedByBoolean>().Should().Be("KeyedByBoolean.Id cannot be a key: keys are strings, numbers or binaries.");
        Refusal<KeyedByList>().Should().Be("KeyedByList.Id cannot be a key: keys are strings, numbers or binaries.");
        Refusal<DatedByDateTime>().Should().StartWith("DatedByDateTime.At cannot be a key: its text has another order");
        Refusal<DatedByTimeSpan>().Should().StartWith("DatedByTimeSpan.At cannot be a key: its text has another order");
        Refusal<OneKeyTwice>().Should().Be("OneKeyTwice.Id cannot be both the partition key and the sort key.");

        static string Refusal<T>()
            where T : class =>
            FluentActions.Invoking(() => Typed<T>()).Should().Throw<ArgumentException>().Which.Message;
    }

    [Fact]
    public void Path_has_the_names_of_the_contract()
    {
        var tracks = Typed<Track>();

        tracks.Path(track => track.Title).ToString().Should().Be("title");
        tracks.Path(track => track.Label!.Address!.City).ToString().Should().Be("Label.Address.City");
        tracks.Invoking(table => table.Path(track => track.Title.Length)).Should().Throw<ArgumentException>();
        tracks.Invoking(table => table.Path(track => track.Takes[0])).Should().Throw<ArgumentException>();
    }

    private static ItemMapping<T> Mapping<T>(
        bool generated, JsonTypeInfo<T> contract, Action<ItemMappingBuilder<T>>? configure = null)
        where T : class =>
        new(generated ? contract : (JsonTypeInfo<T>)JsonSerializerOptions.Default.GetTypeInfo(typeof(T)), configure);

    private static TypedTable<T> Typed<T>()
        where T : class =>
        Typed((JsonTypeInfo<T>)JsonSerializerOptions.Default.GetTypeInfo(typeof(T)));

    private static TypedTable<T> Typed<T>(JsonTypeInfo<T> contract, Action<ItemMappingBuilder<T>>? configure = null)
        where T : class =>
        new(null!, new(null, new(contract, configure)));
}
