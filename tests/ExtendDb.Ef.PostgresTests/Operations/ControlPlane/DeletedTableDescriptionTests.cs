using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.ControlPlane;

public class DeletedTableDescriptionTests(OperationsFixture database) : OperationsTests(database)
{
    [Fact]
    public async Task DeleteTable_answers_without_key_indexes_and_creation_time()
    {
        var request = OperationsTable.Of("Id:S Sort:S").WithGlobal("ByKind", "Kind:S").WithLocal("ByRank", "Id:S Rank:N");
        var created = (await Host.Db.CreateTableAsync(request)).TableDescription;

        var deleted = (await Host.Db.DeleteTableAsync(new(request.TableName))).TableDescription;

        deleted.CreationDateTime.Should().BeNull();
        deleted.KeySchema.Should().BeEmpty();
        deleted.AttributeDefinitions.Should().BeEmpty();
        deleted.GlobalSecondaryIndexes.Should().BeEmpty();
        deleted.LocalSecondaryIndexes.Should().BeEmpty();
        (deleted.TableName, deleted.TableId, deleted.TableArn, deleted.TableStatus)
            .Should().Be((created.TableName, created.TableId, created.TableArn, TableStatus.DELETING));
    }

    [Fact]
    public async Task Table_that_is_being_deleted_is_described_with_all_of_it()
    {
        var request = OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S");
        await Host.CreateAsync(request);
        await Host.Db.DeleteTableAsync(new(request.TableName));

        var described = (await Host.Db.DescribeTableAsync(new(request.TableName))).Table;

        described.CreationDateTime.Should().NotBeNull();
        described.KeySchema.Should().Equal(request.KeySchema);
        described.GlobalSecondaryIndexes.Single().IndexStatus.Should().Be(IndexStatus.DELETING);
    }
}
