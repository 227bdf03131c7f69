using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Expressions.PartiQl;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Operations.Transactions;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.PartiQl;

/// <summary>Handles ExecuteTransaction: a TransactGetItems or a TransactWriteItems of statements.</summary>
internal sealed class ExecuteTransaction
{
    private readonly ExecuteTransactionRequest _request;
    private readonly Statement[] _statements;
    private readonly TableDefinition?[] _tables;

    private ExecuteTransaction(ExecuteTransactionRequest request)
    {
        _request = request;
        _statements = new Statement[request.TransactStatements.Count];
        _tables = new TableDefinition?[_statements.Length];
    }

    private bool IsRead => _statements[0] is Statement.Select;

    internal static async Task<ExecuteTransactionResponse> HandleAsync(
        OperationContext context, ExecuteTransactionRequest request, CancellationToken cancellationToken)
    {
        StatementRequestShape.Of(request).ThrowIfBroken();
        foreach (var statement in request.TransactStatements)
        {
            StatementParameters.Check(statement.Parameters);
        }

        var transaction = new ExecuteTransaction(request);
        transaction.Parse();
        TransactWriteItems.CheckPayload(
            request.TransactStatements.Sum(statement => (statement.Parameters ?? []).Sum(value => (long)ItemSize.Of(value))));
        await transaction.FindTablesAsync(context, cancellationToken);
        return await (transaction.IsRead
            ? transaction.ReadAsync(context, cancellationToken)
            : transaction.WriteAsync(context, cancellationToken));
    }

    private void Parse()
    {
        for (var i = 0; i < _statements.Length; i++)
        {
            var request = _request.TransactStatements[i];
            _statements[i] = Checked(i, () => Statement.Parse(request.Statement, request.Parameters ?? []));
        }

        if (_statements.Any(statement => statement is Statement.Select != IsRead))
        {
            throw new ValidationException(
                "ExecuteTransaction API does not support both read and write operations in the same request.");
        }
    }

    /// <summary>Finds all tables; a statement on a missing table is not checked, and cancels the transaction.</summary>
    private async Task FindTablesAsync(OperationContext context, CancellationToken cancellationToken)
    {
        var reasons = new CancellationReasons(_statements.Length);
        for (var i = 0; i < _statements.Length; i++)
        {
            try
            {
                _tables[i] = await StatementTable.FindAsync(context, _statements[i], cancellationToken);
            }
            catch (ResourceNotFoundException missing)
            {
                reasons.Add(i, missing);
                continue;
            }
            catch (ValidationException broken)
            {
                throw Refused(i, broken);
            }

            Checked(i, () => CheckRules(_statements[i], _tables[i]!));
        }

        reasons.ThrowIfAny();
    }

    private static bool CheckRules(Statement statement, TableDefinition table) => statement switch
    {
        Statement.Update { Returning: not null } or Statement.Delete { Returning: not null } =>
            throw new ValidationException("RETURNING clause is not supported in ExecuteTransaction."),
        Statement.Select { Index: not null } =>
            throw new ValidationException("Reads on indices are not supported within transactions."),
        Statement.Exists { Index: not null } =>
            throw new ValidationException("Operations on indices are not supported in transactions"),
        Statement.Exists { Read: var read } when SingleItemKey.OfCondition(table.KeySchema, read.Where) is null =>
            throw new ValidationException("EXISTS() must contain a single item read with additional condition"),
        _ => CheckIndex(statement, table),
    };

    private static bool CheckIndex(Statement statement, TableDefinition table)
    {
        new WriteStatement(table, statement).CheckIndex();
        return true;
    }

    private async Task<ExecuteTransactionResponse> ReadAsync(OperationContext context, CancellationToken cancellationToken)
    {
        var keys = new AttributeMap[_statements.Length];
        var columns = new SelectedColumns?[_statements.Length];
        for (var i = 0; i < _statements.Length; i++)
        {
            var (table, select) = (_tables[i]!, (Statement.Select)_statements[i]);
            keys[i] = Checked(i, () => KeyOf(table, select));
            columns[i] = Checked(i, () => SelectedColumns.Of(select.Columns));
        }

        var targets = Located(i =>
        {
            KeyPaths.Check(_tables[i]!, columns[i]?.Projection.Paths);
            return new(_tables[i]!, _statements[i].Table, _tables[i]!.KeySchema.OfKey(keys[i]), keys[i]);
        });
        var (items, capacity) = await TransactGetItems.ReadAsync(
            context, targets, _request.ReturnConsumedCapacity, cancellationToken);
        return new()
        {
            Responses =
            [
                .. items.Select((item, i) => new ItemResponse
                {
                    Item = item is null ? null : columns[i]?.Of(item.Document) ?? item.Document,
                }),
            ],
            ConsumedCapacity = capacity,
        };
    }

    private static AttributeMap KeyOf(TableDefinition table, Statement.Select select)
    {
        var key = table.KeySchema;
        var branches = WhereBranch.Of(key, select.Where?.Predicate);
        if (SingleItemKey.OfRead(key, branches) is { } one)
        {
            // A value that does not suit the key cancels the transaction later.
            return one;
        }

        if (branches is not null && branches.All(branch => branch.MistypedPart(key) is null))
        {
            // Overlaps are refused as for a statement alone.
            KeyRead.Of(key, branches);
        }

        throw new ValidationException(
            "Select statements within ExecuteTransaction must specify the primary key in the where clause.");
    }

    private async Task<ExecuteTransactionResponse> WriteAsync(OperationContext context, CancellationToken cancellationToken)
    {
        var actions = new ItemAction[_statements.Length];
        Located(i =>
        {
            actions[i] = new WriteStatement(_tables[i]!, _statements[i]).ToActionOfTransaction(
                _request.TransactStatements[i].ReturnValuesOnConditionCheckFailure);
            return actions[i].Locate(_tables[i]!);
        });
        var written = await TransactWriteItems.RunAsync(
            context,
            actions,
            _request.ClientRequestToken,
            () => RequestHash.Of(_request.TransactStatements.Select(statement => (statement.Statement, statement.Parameters))),
            _request.ReturnConsumedCapacity,
            ReturnItemCollectionMetrics.NONE,
            cancellationToken);
        return new() { Responses = [], ConsumedCapacity = written.ConsumedCapacity };
    }

    /// <summary>Locates the items of all statements; statements that name no item are the reasons of one exception.</summary>
    private ItemTarget[] Located(Func<int, ItemTarget> locate)
    {
        var reasons = new CancellationReasons(_statements.Length);
        var targets = new ItemTarget[_statements.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            try
            {
                targets[i] = locate(i);
            }
            catch (ValidationException broken) when (IsRead || !broken.RefusesTransaction)
            {
                reasons.Add(i, broken);
            }
        }

        reasons.ThrowIfAny();
        return ItemTarget.HasDuplicates(targets) ? throw TransactionTargets.Duplicates() : targets;
    }

    private static T Checked<T>(int statement, Func<T> check)
    {
        try
        {
            return check();
        }
        catch (ValidationException broken)
        {
            throw Refused(statement, broken);
        }
    }

    private static ValidationException Refused(int statement, ValidationException broken) =>
        new($"Validation failed in TransactStatements[{statement}]: {broken.Message}");
}
