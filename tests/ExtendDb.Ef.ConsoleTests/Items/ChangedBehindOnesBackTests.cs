using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ConsoleTests.Items;

public sealed class ChangedBehindOnesBackTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>, IAsyncLifetime
{
    private static readonly AttributeMap Shown = new() { ["p"] = "a", ["v"] = 1, ["list"] = new AttributeValue.L("x") };
    private readonly string _table = $"T{Guid.NewGuid():N}";
    private IExtendDb _extendDb = null!;

    public async Task InitializeAsync()
    {
        _extendDb = await database.GetExtendDbAsync();
        await _extendDb.CreateTableAsync(new(_table, [new("p", KeyType.HASH)], [new("p", AttributeType.S)]));
        await _extendDb.PutItemAsync(new(_table, Shown));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Item_that_is_still_what_was_shown_is_replaced()
    {
        await _extendDb.PutItemAsync(new(_table, Shown.With("v", 2)) { OnlyIfStored = Shown });

        (await ItemAsync())!["v"].Should().Be((AttributeValue)2);
    }

    public static TheoryData<string, AttributeMap> Changes => new()
    {
        { "another value", Shown.With("v", 7) },
        { "another type of value", Shown.With("v", "1") },
        { "a further attribute, which no condition on the known ones notices", Shown.With("new", true) },
        { "an attribute that is gone", Shown.Without("v") },
        { "a value within a list", Shown.With("list", new AttributeValue.L("y")) },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Change_behind_ones_back_is_neither_overwritten_nor_deleted(string what, AttributeMap changed)
    {
        await _extendDb.PutItemAsync(new(_table, changed));

        var put = () => _extendDb.PutItemAsync(new(_table, Shown.With("v", 2)) { OnlyIfStored = Shown });
        var delete = () => _extendDb.DeleteItemAsync(new(_table, new AttributeMap { ["p"] = "a" }) { OnlyIfStored = Shown });

        await put.Should().ThrowAsync<ConditionalCheckFailedException>(what);
        await delete.Should().ThrowAsync<ConditionalCheckFailedException>(what);
        (await ItemAsync()).Should().BeEquivalentTo(changed);
    }

    [Fact]
    public async Task Deleted_item_is_not_put_back()
    {
        await _extendDb.DeleteItemAsync(new(_table, new AttributeMap { ["p"] = "a" }));

        var put = () => _extendDb.PutItemAsync(new(_table, Shown.With("v", 2)) { OnlyIfStored = Shown });

        await put.Should().ThrowAsync<ConditionalCheckFailedException>();
        (await ItemAsync()).Should().BeNull();
    }

    [Fact]
    public async Task Item_of_400_KB_is_compared_as_a_whole()
    {
        var large = new AttributeMap { ["p"] = "large", ["text"] = new string('x', 399 * 1024), ["n"] = 1 };
        await _extendDb.PutItemAsync(new(_table, large));

        await _extendDb.PutItemAsync(new(_table, large.With("n", 2)) { OnlyIfStored = large });
        var again = () => _extendDb.PutItemAsync(new(_table, large.With("n", 3)) { OnlyIfStored = large });

        await again.Should().ThrowAsync<ConditionalCheckFailedException>();
    }

    private async Task<AttributeMap?> ItemAsync() =>
        (await _extendDb.GetItemAsync(new(_table, new AttributeMap { ["p"] = "a" }) { ConsistentRead = true })).Item;
}
