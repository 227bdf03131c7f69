using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.ControlPlane;

public class LimitsAndBackupsTests(OperationsFixture database) : OperationsTests(database)
{
    [Fact]
    public async Task Limits_are_those_of_a_new_account()
    {
        var db = Host.Db;

        var limits = await db.DescribeLimitsAsync(new());

        limits.Should().Be(new DescribeLimitsResponse
        {
            AccountMaxReadCapacityUnits = 80_000,
            AccountMaxWriteCapacityUnits = 80_000,
            TableMaxReadCapacityUnits = 40_000,
            TableMaxWriteCapacityUnits = 40_000,
        });
    }

    [Fact]
    public async Task Backups_are_off()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var backups = (await Host.Db.DescribeContinuousBackupsAsync(new(table))).ContinuousBackupsDescription;

        backups.ContinuousBackupsStatus.Should().Be(ContinuousBackupsStatus.DISABLED);
        backups.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus.Should().Be(ContinuousBackupsStatus.DISABLED);
    }

    [Fact]
    public async Task Backups_of_a_table_that_is_not_there_are_refused()
    {
        var refused = () => Host.Db.DescribeContinuousBackupsAsync(new("Nowhere"));

        await refused.Should().ThrowAsync<TableNotFoundException>().WithMessage("Table not found: Nowhere");
    }
}
