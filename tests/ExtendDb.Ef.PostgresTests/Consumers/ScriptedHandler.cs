using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Consumers;

/// <summary>A handler that counts records in a table of totals, in its transaction, and then does what a test says.</summary>
internal sealed class ScriptedHandler : IStreamHandler<ExtendDbContext>
{
    /// <summary>Gets or sets what happens after the effect, and before the transaction is committed.</summary>
    public Func<IReadOnlyList<StreamRecord>, CancellationToken, Task> Then { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Gets the name of the table of totals; null for no effect.</summary>
    public string? Totals { get; init; }

    public async Task HandleAsync(
        IReadOnlyList<StreamRecord> records, ExtendDbContext context, CancellationToken cancellationToken)
    {
        foreach (var item in Totals is null ? [] : records.GroupBy(record => record.Keys["Id"]))
        {
            await context.ExtendDb().UpdateItemAsync(
                new(Totals!, new() { ["Id"] = item.Key })
                {
                    UpdateExpression = "ADD N :count",
                    ExpressionAttributeValues = new AttributeMap { [":count"] = item.Count() },
                },
                cancellationToken);
        }

        await Then(records, cancellationToken);
    }
}
