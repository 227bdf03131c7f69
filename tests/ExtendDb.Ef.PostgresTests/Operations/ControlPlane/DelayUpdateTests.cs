using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.ControlPlane;

public class DelayUpdateTests(OperationsFixture database) : OperationsTests(database)
{
    private const string Invalid = "One or more parameter values were invalid: ";

    public static TheoryData<long> BadTicks =>
    [
        -TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerDay + TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerMillisecond / 2, 1,
        long.MaxValue, long.MinValue,
    ];

    [Theory]
    [MemberData(nameof(BadTicks))]
    public async Task Delay_outside_its_range_is_refused_and_changes_nothing(long ticks)
    {
        var table = await Host.CreateAsync(Table());
        var update = () => Host.Db.UpdateTableAsync(Update(table, new("ByKind") { PropagationDelay = new(ticks) }));

        await update.Should().ThrowAsync<ValidationException>().WithMessage(Invalid + "PropagationDelay of index ByKind*");

        (await DelayAsync(table)).Should().Be(TimeSpan.FromMilliseconds(20));
        (await Host.ScalarAsync($"""
            SELECT delay_changed_at IS NULL
            FROM extenddb.secondary_indexes AS i JOIN extenddb.tables AS t ON t.id = i.table_id AND t.name = '{table}'
            """)).Should().Be(true);
    }

    [Fact]
    public async Task Delays_at_the_ends_of_their_range_are_taken()
    {
        var table = await Host.CreateAsync(Table());

        await Host.Db.UpdateTableAsync(Update(table, new("ByKind") { PropagationDelay = TimeSpan.FromDays(1) }));
        var longest = await DelayAsync(table);
        await Host.Db.UpdateTableAsync(Update(table, new("ByKind") { PropagationDelay = TimeSpan.Zero }));

        longest.Should().Be(TimeSpan.FromDays(1));
        (await DelayAsync(table)).Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task Delay_alone_leaves_the_capacity_of_the_index()
    {
        var table = await Host.CreateAsync(Provisioned());

        await Host.Db.UpdateTableAsync(Update(table, new("ByKind") { PropagationDelay = TimeSpan.Zero }));

        var index = (await Host.Db.DescribeTableAsync(new(table))).Table.GlobalSecondaryIndexes.Single();
        (index.ProvisionedThroughput!.ReadCapacityUnits, index.ProvisionedThroughput.WriteCapacityUnits).Should().Be((3, 1));
    }

    [Fact]
    public async Task Delay_and_capacity_can_come_together()
    {
        var table = await Host.CreateAsync(Provisioned());

        await Host.Db.UpdateTableAsync(Update(table, new("ByKind", new(5, 6)) { PropagationDelay = TimeSpan.FromSeconds(1) }));

        var index = (await Host.Db.DescribeTableAsync(new(table))).Table.GlobalSecondaryIndexes.Single();
        (index.ProvisionedThroughput!.ReadCapacityUnits, index.PropagationDelay).Should().Be((5, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Action_with_neither_is_refused_as_one_without_capacity()
    {
        var table = await Host.CreateAsync(Provisioned());

        var update = () => Host.Db.UpdateTableAsync(Update(table, new("ByKind")));

        await update.Should().ThrowAsync<ValidationException>()
            .WithMessage(Invalid + "ProvisionedThroughput must be specified for index: ByKind");
    }

    [Fact]
    public async Task Capacity_that_is_refused_keeps_the_delay_beside_it_from_changing()
    {
        var table = await Host.CreateAsync(Provisioned());

        var update = () => Host.Db.UpdateTableAsync(
            Update(table, new("ByKind", new(3, 1)) { PropagationDelay = TimeSpan.FromSeconds(1) }));

        await update.Should().ThrowAsync<ValidationException>().WithMessage("*will not change*");
        (await DelayAsync(table)).Should().Be(TimeSpan.FromMilliseconds(20));
    }

    [Theory]
    [InlineData("ByNothing", typeof(ResourceNotFoundException))]
    [InlineData("ByRank", typeof(ValidationException))]
    public async Task Delay_of_an_index_that_is_not_a_global_one_of_the_table_is_refused(string index, Type error)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S Sort:N").WithLocal("ByRank", "Id:S Rank:N"));

        var update = () => Host.Db.UpdateTableAsync(Update(table, new(index) { PropagationDelay = TimeSpan.Zero }));

        (await update.Should().ThrowAsync<DynamoDbException>()).Which.Should().BeOfType(error);
    }

    [Fact]
    public async Task Delay_of_an_index_that_was_deleted_is_refused()
    {
        var table = await Host.CreateAsync(Table());
        await Host.Db.UpdateTableAsync(new(table) { GlobalSecondaryIndexUpdates = [new() { Delete = new("ByKind") }] });

        var update = () => Host.Db.UpdateTableAsync(Update(table, new("ByKind") { PropagationDelay = TimeSpan.Zero }));

        await update.Should().ThrowAsync<ResourceNotFoundException>();
    }

    private static CreateTableRequest Table() => OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S", delayMs: 20);

    private static CreateTableRequest Provisioned() =>
        OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S", delayMs: 20, read: 3) with
        {
            BillingMode = BillingMode.PROVISIONED,
            ProvisionedThroughput = new(10, 10),
        };

    private static UpdateTableRequest Update(string table, UpdateGlobalSecondaryIndexAction update) =>
        new(table) { GlobalSecondaryIndexUpdates = [new() { Update = update }] };

    private async Task<TimeSpan?> DelayAsync(string table) =>
        (await Host.Db.DescribeTableAsync(new(table))).Table.GlobalSecondaryIndexes.Single().PropagationDelay;
}
