using Amazon.DynamoDBv2.Model;
using FluentAssertions;
using Xunit;
using static ExtendDb.Ef.ServerTests.Sdk.Values;

namespace ExtendDb.Ef.ServerTests.Sdk;

/// <summary>Every type of attribute goes through the SDK and back.</summary>
public sealed class AttributeTypeTests(WireServer server) : IClassFixture<WireServer>
{
    [Theory]
    [InlineData("")]
    [InlineData("Fratres")]
    [InlineData("\u0000 \" \\ \n ü 𝄞")]
    public async Task A_string_comes_back_as_it_was(string text) =>
        (await RoundTripAsync(S(text))).S.Should().Be(text);

    [Theory]
    [InlineData("0042.1200", "42.12")]
    [InlineData("-0", "0")]
    [InlineData("1e3", "1000")]
    [InlineData("12345678901234567890123456789012345678", "12345678901234567890123456789012345678")]
    public async Task A_number_comes_back_normalised(string sent, string expected) =>
        (await RoundTripAsync(N(sent))).N.Should().Be(expected);

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0, 1, 255 })]
    public async Task A_binary_comes_back_as_it_was(byte[] bytes) =>
        (await RoundTripAsync(B(bytes))).B.ToArray().Should().Equal(bytes);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Boolean_comes_back_as_it_was(bool value) =>
        (await RoundTripAsync(new() { BOOL = value })).BOOL.Should().Be(value);

    [Fact]
    public async Task A_null_comes_back_as_one() =>
        (await RoundTripAsync(new() { NULL = true })).NULL.Should().BeTrue();

    [Fact]
    public async Task A_string_set_comes_back_with_its_empty_string() =>
        (await RoundTripAsync(new() { SS = ["b", "", "a"] })).SS.Should().BeEquivalentTo(["a", "b", ""]);

    [Fact]
    public async Task A_number_set_comes_back_normalised() =>
        (await RoundTripAsync(new() { NS = ["2.50", "-1"] })).NS.Should().BeEquivalentTo(["2.5", "-1"]);

    [Fact]
    public async Task A_binary_set_comes_back_with_its_empty_binary()
    {
        var set = await RoundTripAsync(new() { BS = [new([1, 2]), new([])] });

        set.BS.Select(member => Convert.ToHexString(member.ToArray())).Should().BeEquivalentTo(["0102", ""]);
    }

    [Fact]
    public async Task Empty_lists_and_maps_come_back_as_what_they_were()
    {
        var list = await RoundTripAsync(new() { L = [new() { L = [] }, new() { M = [] }] });

        list.L.Should().HaveCount(2);
        list.L[0].L.Should().BeEmpty().And.NotBeNull();
        list.L[1].M.Should().BeEmpty().And.NotBeNull();
    }

    [Fact]
    public async Task Nested_maps_and_lists_come_back_in_their_order()
    {
        var nested = await RoundTripAsync(new()
        {
            M = new() { ["players"] = new() { L = [S("Keith"), new() { M = Item(("age", N(80)), ("piano", new() { BOOL = true })) }, S("Gidon")] } },
        });

        var players = nested.M["players"].L;
        players[0].S.Should().Be("Keith");
        players[1].M["age"].N.Should().Be("80");
        players[1].M["piano"].BOOL.Should().BeTrue();
        players[2].S.Should().Be("Gidon");
    }

    private async Task<AttributeValue> RoundTripAsync(AttributeValue value)
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(server.Client);
        await server.Client.PutItemAsync(table, Item(("Id", S("1")), ("Value", value)));
        return (await server.Client.GetItemAsync(table, Item(("Id", S("1"))))).Item["Value"];
    }
}
