using ExtendDb.Ef.Expressions.PartiQl;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.PartiQl;

/// <summary>Handles BatchExecuteStatement: each statement is executed on its own, and has its own error.</summary>
internal sealed class BatchExecuteStatement
{
    private readonly OperationContext _context;
    private readonly BatchExecuteStatementRequest _request;
    private readonly BatchStatementResponse[] _responses;
    private readonly Dictionary<string, TableUnits> _units = new(StringComparer.Ordinal);

    private BatchExecuteStatement(OperationContext context, BatchExecuteStatementRequest request)
    {
        _context = context;
        _request = request;
        _responses = new BatchStatementResponse[request.Statements.Count];
    }

    internal static async Task<BatchExecuteStatementResponse> HandleAsync(
        OperationContext context, BatchExecuteStatementRequest request, CancellationToken cancellationToken)
    {
        StatementRequestShape.Of(request).ThrowIfBroken();
        return await new BatchExecuteStatement(context, request).RunAsync(cancellationToken);
    }

    private async Task<BatchExecuteStatementResponse> RunAsync(CancellationToken cancellationToken)
    {
        var statements = new Statement?[_responses.Length];
        for (var i = 0; i < statements.Length; i++)
        {
            await RefuseOneAsync(i, () =>
            {
                statements[i] = Parse(_request.Statements[i]);
                return Task.CompletedTask;
            });
        }

        var reads = statements.Count(statement => statement is Statement.Select);
        if (reads > 0 && statements.Count(statement => statement is not null) > reads)
        {
            throw new ValidationException("Read and write requests together in the same batch is not supported.");
        }

        await (reads > 0 ? ReadAsync(statements, cancellationToken) : WriteAsync(statements, cancellationToken));
        return new()
        {
            Responses = _responses,
            ConsumedCapacity = _request.ReturnConsumedCapacity == ReturnConsumedCapacity.NONE
                ? null
                : [.. _units.Values.Select(table => table.ToResponse(_request.ReturnConsumedCapacity)!)],
        };
    }

    private static Statement Parse(BatchStatementRequest request) =>
        StatementParameters.Parse(request.Statement, request.Parameters) is var statement and not Statement.Exists
            ? statement
            : throw StatementParameters.ExistsAlone();

    private async Task ReadAsync(Statement?[] statements, CancellationToken cancellationToken)
    {
        var targets = new List<ItemTarget>();
        var of = new List<(int Statement, SelectedColumns? Columns)>();
        for (var i = 0; i < statements.Length; i++)
        {
            if (statements[i] is Statement.Select select)
            {
                await RefuseOneAsync(i, async () =>
                {
                    var table = await StatementTable.FindAsync(_context, select, cancellationToken);
                    var (target, columns) = (TargetOf(table, select), SelectedColumns.Of(select.Columns));
                    KeyPaths.Check(table, columns?.Projection.Paths);
                    targets.Add(target);
                    of.Add((i, columns));
                });
            }
        }

        CheckDistinct(targets);
        var items = targets.Count == 0 ? [] : await ItemRow.ReadAsync(_context, targets, long.MaxValue, cancellationToken);
        for (var i = 0; i < targets.Count; i++)
        {
            var (statement, columns) = of[i];
            UnitsOf(targets[i].Table).Add(CapacityUnits.OfRead(
                items[i]?.SizeBytes ?? 0, _request.Statements[statement].ConsistentRead));
            _responses[statement] = new()
            {
                TableName = targets[i].TableName,
                Item = items[i] is { } item ? columns?.Of(item.Document) ?? item.Document : null,
            };
        }
    }

    private static ItemTarget TargetOf(TableDefinition table, Statement.Select select)
    {
        var key = StatementTable.IndexOf(table, select) is null
            ? SingleItemKey.OfRead(table.KeySchema, Branches(table, select))
            : null;
        return key is null
            ? throw new ValidationException(
                "Select statements within BatchExecuteStatement must specify the primary key in the where clause.")
            : new(table, select.Table, table.KeySchema.OfKey(key), key);
    }

    private static IReadOnlyList<WhereBranch>? Branches(TableDefinition table, Statement.Select select)
    {
        var branches = WhereBranch.Of(table.KeySchema, select.Where?.Predicate);
        if (branches is not null)
        {
            // The types of the key and overlaps are checked as for a statement alone.
            KeyRead.Of(table.KeySchema, branches);
        }

        return branches;
    }

    private async Task WriteAsync(Statement?[] statements, CancellationToken cancellationToken)
    {
        var writes = new (WriteStatement Write, ItemAction Action)?[statements.Length];
        var targets = new List<ItemTarget>();
        for (var i = 0; i < statements.Length; i++)
        {
            if (statements[i] is { } statement)
            {
                await RefuseOneAsync(i, async () =>
                {
                    var table = await StatementTable.FindAsync(_context, statement, cancellationToken);
                    var write = new WriteStatement(table, statement);
                    var action = write.ToAction(
                        _request.Statements[i].ReturnValuesOnConditionCheckFailure,
                        _request.ReturnConsumedCapacity != ReturnConsumedCapacity.NONE);
                    writes[i] = (write, action);
                });
            }

            if (writes[i] is { } one)
            {
                await RefuseOneAsync(i, () => Locate(one.Write.Table, one.Action), one.Action.TableName);
            }
        }

        CheckDistinct(targets);
        for (var i = 0; i < writes.Length; i++)
        {
            if (writes[i] is { } one)
            {
                await RefuseOneAsync(i, () => WriteAsync(i, one.Write, one.Action, cancellationToken), one.Action.TableName);
            }
        }

        Task Locate(TableDefinition table, ItemAction action)
        {
            // A key with a value that no key has is refused again by the write.
            targets.Add(new(table, action.TableName, table.KeySchema.OfKey(table.KeySchema.KeyOf(action.Asked)), action.Asked));
            return Task.CompletedTask;
        }
    }

    private async Task WriteAsync(int statement, WriteStatement write, ItemAction action, CancellationToken cancellationToken)
    {
        var change = await ItemWrite.RunAsync(_context, action, cancellationToken);
        UnitsOf(write.Table).AddWrite(change.Before, change.After);
        _responses[statement] = new() { TableName = action.TableName, Item = write.Returned(action, change) };
    }

    private TableUnits UnitsOf(TableDefinition table)
    {
        if (!_units.TryGetValue(table.Name, out var units))
        {
            _units.Add(table.Name, units = new(table, table.Name));
        }

        return units;
    }

    private static void CheckDistinct(List<ItemTarget> targets)
    {
        if (ItemTarget.HasDuplicates(targets))
        {
            throw new ValidationException("Provided list of item keys contains duplicates");
        }
    }

    /// <summary>Runs a step of one statement, whose error is a part of the response.</summary>
    private async Task RefuseOneAsync(int statement, Func<Task> step, string? table = null)
    {
        try
        {
            await step();
        }
        catch (DynamoDbException error)
        {
            _responses[statement] = new() { Error = BatchStatementError.Of(error), TableName = table };
        }
    }
}
