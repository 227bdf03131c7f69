using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Streams;

public class StatementRecordTests(OperationsFixture database) : OperationsTests(database)
{
    [Fact]
    public async Task Statements_have_records_as_all_writes_do_alone_in_a_batch_and_in_a_transaction()
    {
        var table = await StreamTable.CreateAsync(Host);

        await Host.Db.ExecuteStatementAsync(new($$"""INSERT INTO "{{table.Name}}" VALUE {'Id': 'a', 'N': 1}"""));
        await Host.Db.ExecuteStatementAsync(new($"""UPDATE "{table.Name}" SET N = N + 1 WHERE Id = 'a'"""));
        await Host.Db.ExecuteStatementAsync(new($"""UPDATE "{table.Name}" SET N = 2 WHERE Id = 'a'"""));
        await Host.Db.BatchExecuteStatementAsync(new([new($"""UPDATE "{table.Name}" SET N = 3 WHERE Id = 'a'""")]));
        await Host.Db.ExecuteTransactionAsync(new([new($"""DELETE FROM "{table.Name}" WHERE Id = 'a'""")]));

        (await table.NextAsync([])).Should().Equal("INSERT a 1", "MODIFY a 2", "MODIFY a 3", "REMOVE a 3");
    }
}
