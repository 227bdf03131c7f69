using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Expressions.PartiQl;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Querying;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.PartiQl;

/// <summary>Executes a SELECT: by GetItem, by Query of one partition or several, or by Scan.</summary>
internal sealed class SelectStatement
{
    private readonly ExecuteStatementRequest _request;
    private readonly Statement.Select _select;
    private readonly TableDefinition _table;
    private readonly IndexDefinition? _index;
    private readonly SelectedColumns? _columns;
    private readonly ItemSelection _selection;
    private readonly TableUnits _units;

    private SelectStatement(ExecuteStatementRequest request, Statement.Select select, TableDefinition table)
    {
        (_request, _select, _table) = (request, select, table);
        _index = StatementTable.IndexOf(table, select);
        if (request.ConsistentRead && _index?.Kind == IndexKind.GLOBAL)
        {
            throw new ValidationException("Strongly consistent read is not supported on Global Secondary Indexes");
        }

        _columns = SelectedColumns.Of(select.Columns);
        _selection = ItemSelection.Of(
            asked: null, isOfIndex: _index is not null, _columns?.Projection, isExpression: true, select.Where);
        _selection.CheckProjection(table);
        _units = new(table, select.Table);
    }

    private bool NeedsItems => _selection.NeedsItems(_index);

    private KeySchema Key => (_index?.KeySchema ?? _table.KeySchema)!;

    private (string, IReadOnlyList<AttributeValue>?) Text => (_request.Statement, _request.Parameters);

    /// <summary>Executes a SELECT.</summary>
    public static async Task<ExecuteStatementResponse> RunAsync(
        OperationContext context, ExecuteStatementRequest request, Statement.Select select, CancellationToken cancellationToken)
    {
        var table = await StatementTable.FindAsync(context, select, cancellationToken);
        return await new SelectStatement(request, select, table).RunAsync(context, cancellationToken);
    }

    private async Task<ExecuteStatementResponse> RunAsync(OperationContext context, CancellationToken cancellationToken)
    {
        var branches = WhereBranch.Of(Key, _select.Where?.Predicate);
        var reads = branches is null ? null : KeyRead.Of(Key, branches);
        CheckOrder(isKeyed: reads is not null);
        _selection.Check(_table, _index, isScan: true);
        var (isForward, partitions) = Order();
        CheckFilter(branches);
        var start = _request.NextToken is { } token ? NextPage.Parse(token, Text, _table) : null;
        if (reads is null)
        {
            return await ScanAsync(context, start, cancellationToken);
        }

        return _index is null && branches!.Count == 1 && reads is [{ } one] && (Key.Range is null || one.SortKey is not null)
            ? await GetAsync(context, one, cancellationToken)
            : await QueryAsync(context, KeyRead.Sorted(reads, isForward, partitions), isForward, start, cancellationToken);
    }

    private void CheckOrder(bool isKeyed)
    {
        if (_select.Order.Count == 0 || isKeyed)
        {
            return;
        }

        throw new ValidationException(_select.Where is null
            ? "Must have WHERE clause in the statement when using ORDER BY clause."
            : "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.");
    }

    private (bool IsForward, bool? Partitions) Order()
    {
        bool? partitions = _select.Order.Count > 0 ? true : null;
        var isForward = true;
        foreach (var (by, isDescending) in _select.Order)
        {
            if (by is not Term.Name { At.Text: var name })
            {
                throw new ValidationException(
                    $"Argument to ORDER BY must be of type VariableReference. Type: {by.Description}");
            }

            if (!Key.Contains(name))
            {
                throw new ValidationException(
                    $"Variable reference {name} in ORDER BY clause must be part of the primary key");
            }

            if (name == Key.Hash.Name)
            {
                partitions = !isDescending;
            }
            else
            {
                isForward = !isDescending;
            }
        }

        return (isForward, partitions);
    }

    /// <summary>Refuses a keyed read of an index all of whose alternatives filter by attributes that it does not project.</summary>
    private void CheckFilter(IReadOnlyList<WhereBranch>? branches)
    {
        if (_index is null || branches is null)
        {
            return;
        }

        List<string> missing = [];
        foreach (var branch in branches.OrderBy(branch => branch.ValuesOf(Key.Hash)[0], Comparer<AttributeValue>.Create(
            (one, two) => ValueOrder.Compare(one, two) ?? 0)))
        {
            missing =
            [
                .. branch.Filters.SelectMany(filter => filter.Paths).Select(path => path.Attribute)
                    .Where(name => !_index.Projects(name))
                    .Distinct(),
            ];
            if (missing.Count == 0)
            {
                return;
            }
        }

        throw ValidationException.InvalidParameter(
            $"Secondary index {_index.Name} does not project one or more filter attributes: [{string.Join(", ", missing)}]");
    }

    private async Task<ExecuteStatementResponse> GetAsync(
        OperationContext context, KeyRead one, CancellationToken cancellationToken)
    {
        AttributeMap key = Key.Range is { } range
            ? [new(Key.Hash.Name, one.Hash), new(range.Name, one.SortKey!)]
            : [new(Key.Hash.Name, one.Hash)];
        var target = new ItemTarget(_table, _select.Table, Key.OfKey(key), key);
        var item = await ItemRow.ReadAsync(context, target, cancellationToken);
        _units.Add(CapacityUnits.OfRead(item?.SizeBytes ?? 0, _request.ConsistentRead));
        return Response(item is null ? [] : [item.Document], next: null);
    }

    private async Task<ExecuteStatementResponse> QueryAsync(
        OperationContext context, List<KeyRead> reads, bool isForward, NextPage? start, CancellationToken cancellationToken)
    {
        var items = new List<AttributeMap>();
        var room = Page.MaxBytes;
        NextPage? next = null;
        for (var i = FirstOf(reads, start); i < reads.Count && next is null; i++)
        {
            var read = reads[i];
            var from = i == start?.Read ? start.Start : null;
            var page = await new PartitionRead(read.Partition, read.Range, isForward, NeedsItems).PageAsync(
                context, _table, _index, PositionOf(read, from), _request.Limit - items.Count, cancellationToken, room);
            foreach (var item in page.Items)
            {
                ItemRow.CheckKey(Key, new() { [Key.Hash.Name] = read.Hash }, item);
            }

            page.AddTo(_units, _index, _request.ConsistentRead);
            items.AddRange(page.Items);
            room -= (int)page.HeldBytes;
            next = page.IsCut ? new(i, page.Items.Count > 0 ? StartKey.Of(_table, _index, page.Items[^1]) : from)
                : room <= 0 && i + 1 < reads.Count ? new(i + 1, Start: null)
                : null;
        }

        return Response(items, next);
    }

    private static int FirstOf(List<KeyRead> reads, NextPage? start) =>
        start is null ? 0 : start.Read >= 0 && start.Read < reads.Count ? start.Read : throw NextPage.Invalid();

    private Page.Position? PositionOf(KeyRead read, AttributeMap? start)
    {
        if (start is null)
        {
            return null;
        }

        var position = PositionOf(start, isScan: false);
        return position.Entry.PartitionHash == read.Partition && read.Range.Contains(position.Entry.SortKey)
            ? position
            : throw NextPage.Invalid();
    }

    private Page.Position PositionOf(AttributeMap start, bool isScan)
    {
        var (item, entry) = StartKey.Read(_table, _index, start, isScan);
        return new(item, entry ?? item);
    }

    private async Task<ExecuteStatementResponse> ScanAsync(
        OperationContext context, NextPage? start, CancellationToken cancellationToken)
    {
        var page = await Segment.All.PageAsync(
            context,
            _table,
            _index,
            NeedsItems,
            start?.Start is { } behind ? PositionOf(behind, isScan: true) : null,
            _request.Limit,
            cancellationToken);
        page.AddTo(_units, _index, _request.ConsistentRead);
        return Response(page.Items, page.IsCut ? new(Read: 0, StartKey.Of(_table, _index, page.Items[^1])) : null);
    }

    private ExecuteStatementResponse Response(List<AttributeMap> read, NextPage? next) => new()
    {
        Items =
        [
            .. read.Where(item => _select.Where?.Holds(Seen(item)) ?? true).Select(item => _columns?.Of(item) ?? item),
        ],
        NextToken = next?.ToToken(Text, _table),
        ConsumedCapacity = _units.ToResponse(_request.ReturnConsumedCapacity),
    };

    // The filter sees what the index projects, also where columns that the index lacks are read from the table.
    private AttributeMap Seen(AttributeMap item) => NeedsItems ? _index!.Project(item)?.Document ?? item : item;
}
