using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Querying;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>
/// The peer: the same rows by the same round trips, with prepared statements on a connection that stays open, and the
/// same documents written and read. It checks no rules and tracks nothing.
/// </summary>
internal sealed class BareDataPlane : IDataPlane, IAsyncDisposable
{
    private readonly TableDefinition _table;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _read;
    private readonly NpgsqlCommand _readLocked;
    private readonly NpgsqlCommand _query;
    private readonly NpgsqlBatch _insert;
    private readonly NpgsqlBatch _update;

    private BareDataPlane(TableDefinition table, NpgsqlConnection connection)
    {
        _table = table;
        _connection = connection;
        _read = new(Statements.ItemsRead, connection);
        _readLocked = new(Statements.ItemsReadLocked, connection);
        _query = new(Statements.ItemsQueryForward, connection);
        AddParameters(_read.Parameters, [.. Key, NpgsqlDbType.Smallint]);
        AddParameters(_readLocked.Parameters, [.. Key, NpgsqlDbType.Smallint]);
        AddParameters(_query.Parameters, [.. Key, NpgsqlDbType.Bytea, NpgsqlDbType.Smallint, NpgsqlDbType.Integer, NpgsqlDbType.Integer]);
        _insert = WriteWithMarker(DataPlaneSql.InsertItem);
        _update = WriteWithMarker(DataPlaneSql.UpdateItem);
    }

    private static NpgsqlDbType[] Key => [NpgsqlDbType.Integer, NpgsqlDbType.Uuid, NpgsqlDbType.Bytea];

    /// <summary>Opens a connection and prepares all statements on it.</summary>
    public static async Task<BareDataPlane> OpenAsync(
        string connectionString, TableDefinition table, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        var bare = new BareDataPlane(table, connection);
        await bare._read.PrepareAsync(cancellationToken);
        await bare._readLocked.PrepareAsync(cancellationToken);
        await bare._query.PrepareAsync(cancellationToken);
        await bare._insert.PrepareAsync(cancellationToken);
        await bare._update.PrepareAsync(cancellationToken);
        return bare;
    }

    public Task PutItemAsync(CancellationToken cancellationToken) => PutAsync(DataPlaneItems.NextNew(), cancellationToken);

    public Task ReplaceItemAsync(CancellationToken cancellationToken) =>
        PutAsync(DataPlaneItems.AnyReplacement(), cancellationToken);

    public async Task GetItemAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(_read, _table.KeySchema.OfKey(DataPlaneItems.AnyKey()), cancellationToken) is null)
        {
            throw new InvalidOperationException("An item that was put is not there.");
        }
    }

    public async Task UpdateItemAsync(CancellationToken cancellationToken)
    {
        var key = _table.KeySchema.OfKey(DataPlaneItems.AnyKey());
        await using var transaction = await _connection.BeginTransactionAsync(cancellationToken);
        var (document, version) = await ReadAsync(_readLocked, key, cancellationToken)
            ?? throw new InvalidOperationException("An item that was put is not there.");
        await WriteAsync(_update, key, document.With("Value", DataPlaneItems.AnyValue()), version, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task QueryAsync(CancellationToken cancellationToken)
    {
        _query.Parameters[0].Value = _table.Id;
        var partition = PartitionHash.Of(DataPlaneItems.AnyPartition());
        _query.Parameters[1].Value = partition;
        _query.Parameters[2].Value = SortKeyRange.All.Low;
        _query.Parameters[3].Value = SortKeyRange.All.High;
        _query.Parameters[4].Value = ItemSlot.Of(partition);
        _query.Parameters[5].Value = DataPlaneItems.PerPartition;
        _query.Parameters[6].Value = int.MaxValue;
        var items = new List<AttributeMap>();
        await using var reader = await _query.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(StoredDocument.Read(reader.GetFieldValue<byte[]>(0)));
        }

        if (items.Count != DataPlaneItems.PerPartition)
        {
            throw new InvalidOperationException($"A page has {items.Count} items.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _read.DisposeAsync();
        await _readLocked.DisposeAsync();
        await _query.DisposeAsync();
        await _insert.DisposeAsync();
        await _update.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task PutAsync(AttributeMap item, CancellationToken cancellationToken)
    {
        var key = _table.KeySchema.OfItem(item);
        await using var transaction = await _connection.BeginTransactionAsync(cancellationToken);
        var stored = await ReadAsync(_readLocked, key, cancellationToken);
        await WriteAsync(stored is null ? _insert : _update, key, item, stored?.Version ?? 1, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<(AttributeMap Document, long Version)?> ReadAsync(
        NpgsqlCommand command, ItemKey key, CancellationToken cancellationToken)
    {
        SetKey(command.Parameters, 0, key);
        command.Parameters[3].Value = key.Slot;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (StoredDocument.Read(reader.GetFieldValue<byte[]>(0)), reader.GetInt64(2))
            : null;
    }

    private async Task WriteAsync(
        NpgsqlBatch batch, ItemKey key, AttributeMap document, long version, CancellationToken cancellationToken)
    {
        var item = batch.BatchCommands[0].Parameters;
        SetKey(item, 0, key);
        item[3].Value = StoredDocument.Write(document);
        item[4].Value = ItemSize.Of(document);
        item[5].Value = version;
        var marker = batch.BatchCommands[1].Parameters;
        marker[0].Value = key.Slot;
        marker[1].Value = DateTime.UtcNow;
        SetKey(marker, 2, key);
        marker[5].Value = new[] { _table.GlobalIndexes[0].Id };
        if (await batch.ExecuteNonQueryAsync(cancellationToken) != 2)
        {
            throw new InvalidOperationException("An item was not written.");
        }
    }

    private void SetKey(NpgsqlParameterCollection parameters, int first, ItemKey key)
    {
        parameters[first].Value = _table.Id;
        parameters[first + 1].Value = key.PartitionHash;
        parameters[first + 2].Value = key.SortKey;
    }

    private NpgsqlBatch WriteWithMarker(string writeItem)
    {
        var item = new NpgsqlBatchCommand(writeItem);
        AddParameters(item.Parameters, [.. Key, NpgsqlDbType.Jsonb, NpgsqlDbType.Integer, NpgsqlDbType.Bigint]);
        var marker = new NpgsqlBatchCommand(DataPlaneSql.InsertMarker);
        AddParameters(
            marker.Parameters,
            [NpgsqlDbType.Smallint, NpgsqlDbType.TimestampTz, .. Key, NpgsqlDbType.Array | NpgsqlDbType.Integer]);
        return new(_connection) { BatchCommands = { item, marker } };
    }

    private static void AddParameters(NpgsqlParameterCollection parameters, NpgsqlDbType[] types)
    {
        foreach (var type in types)
        {
            parameters.Add(new() { NpgsqlDbType = type });
        }
    }
}
