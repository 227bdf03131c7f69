using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using ExtendDb.Ef.WebConsole.Items;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ConsoleTests.Items;

public sealed class ItemSearchTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>, IAsyncLifetime
{
    private readonly string _name = $"T{Guid.NewGuid():N}";
    private IExtendDb _extendDb = null!;
    private ItemSearch _search = null!;

    public async Task InitializeAsync()
    {
        _extendDb = await database.GetExtendDbAsync();
        await _extendDb.CreateTableAsync(new(
            _name,
            [new("Status", KeyType.HASH), new("at.time", KeyType.RANGE)],
            [new("Status", AttributeType.S), new("at.time", AttributeType.N)]));
        for (var i = 0; i < 5; i++)
        {
            await _extendDb.PutItemAsync(new(_name, new AttributeMap
            {
                ["Status"] = "open",
                ["at.time"] = i,
                ["Inner"] = new AttributeMap { ["Size"] = i * 10 },
            }));
        }

        var key = new KeySchema(new KeyAttribute("Status", AttributeType.S), new KeyAttribute("at.time", AttributeType.N));
        _search = new(new TableDefinition(1, _name, Guid.NewGuid(), false, DateTimeOffset.UnixEpoch, key, []));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Without_a_partition_key_the_table_is_scanned()
    {
        var page = await _search.ReadAsync(_extendDb, from: null, CancellationToken.None);

        _search.IsQuery.Should().BeFalse();
        page.Items.Should().HaveCount(5);
    }

    [Fact]
    public async Task Key_is_queried_also_when_its_name_is_a_reserved_word_or_has_a_dot()
    {
        _search.Condition(new("Status", AttributeType.S)).Text = "open";
        var range = _search.Condition(new("at.time", AttributeType.N));
        (range.Operator, range.Text, range.Upper) = ("between", "1", "3");

        var page = await _search.ReadAsync(_extendDb, from: null, CancellationToken.None);

        page.Items.Select(item => item["at.time"]).Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task Filter_reads_a_path()
    {
        _search.Filters.Add(new() { Name = "Inner.Size", Operator = ">=", Type = AttributeType.N, Text = "30" });

        var page = await _search.ReadAsync(_extendDb, from: null, CancellationToken.None);

        page.Items.Should().HaveCount(2);
        page.Scanned.Should().Be(5);
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        _search.Limit = 3;

        var first = await _search.ReadAsync(_extendDb, from: null, CancellationToken.None);
        var second = await _search.ReadAsync(_extendDb, first.Next, CancellationToken.None);

        first.Items.Should().HaveCount(3);
        second.Items.Should().HaveCount(2);
        second.Next.Should().BeNull();
    }

    [Fact]
    public async Task Field_that_holds_no_number_is_told_before_anything_is_asked()
    {
        _search.Condition(new("Status", AttributeType.S)).Text = "open";
        _search.Condition(new("at.time", AttributeType.N)).Text = "noon";

        var reading = () => _search.ReadAsync(_extendDb, from: null, CancellationToken.None);

        await reading.Should().ThrowAsync<FormatException>().WithMessage("'noon' is not a number.");
    }
}
