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
}
