using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>A save that takes so long that its table is deleted meanwhile, though its process does not know yet.</summary>
public class DeletedTableTests(OperationsFixture database) : OperationsTests(database)
{
    private readonly JumpingTime _time = new();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Slow_save_is_refused_and_undone(bool sync, bool inTransaction)
    {
        var process = new OwnProcess(
            Database.ConnectionString, $"slow {Guid.NewGuid():N}", new() { CatalogPollInterval = TimeSpan.FromMinutes(1) }, _time);
        await using var context = process.CreateContext(new Jumping(_time));
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"));
        await context.ExtendDb().GetTableDefinitionAsync(table.Name);
        await Host.Db.DeleteTableAsync(new(table.Name));
        await using var transaction = inTransaction ? await context.Database.BeginTransactionAsync() : null;
        context.Add(Item.Create(table, new AttributeMap { ["Id"] = "late", ["Kind"] = "k" }));

        var save = () => sync ? Task.FromResult(context.SaveChanges()) : context.SaveChangesAsync();

        await save.Should().ThrowAsync<ResourceNotFoundException>();
        await (transaction?.CommitAsync() ?? Task.CompletedTask);
        (await Host.CountAsync($"items WHERE table_id = {table.Id}")).Should().Be(0);
        (await Host.CountAsync($"gsi_pending WHERE table_id = {table.Id}")).Should().Be(0);
    }

    /// <summary>Lets more time pass in the middle of a save than anybody waits for.</summary>
    private sealed class Jumping(JumpingTime time) : SaveChangesInterceptor
    {
        public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
        {
            time.Jump(TimeSpan.FromMinutes(2));
            return result;
        }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            time.Jump(TimeSpan.FromMinutes(2));
            return new(result);
        }
    }
}
