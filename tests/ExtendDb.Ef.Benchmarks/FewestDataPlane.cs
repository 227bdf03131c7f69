using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>
/// The peer with the fewest statements: a put is one, an update two, prepared on a connection that stays open and without a
/// transaction around them. It checks no rules; its reads are those of the other peer.
/// </summary>
internal sealed class FewestDataPlane : IDataPlane, IAsyncDisposable
{
    private static readonly NpgsqlDbType[] Key = [NpgsqlDbType.Integer, NpgsqlDbType.Uuid, NpgsqlDbType.Bytea];

    private readonly TableDefinition _table;
    private readonly BareDataPlane _reads;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _read;
    private readonly NpgsqlCommand _put;
    private readonly NpgsqlCommand _update;

    private FewestDataPlane(TableDefinition table, BareDataPlane reads, NpgsqlConnection connection)
    {
        (_table, _reads, _connection) = (table, reads, connection);
        NpgsqlDbType[] written =
        [
            .. Key,
            NpgsqlDbType.Bigint,
            NpgsqlDbType.Bigint,
            NpgsqlDbType.Smallint,
            NpgsqlDbType.Array | NpgsqlDbType.Integer,
            NpgsqlDbType.Array | NpgsqlDbType.Interval,
            NpgsqlDbType.Jsonb,
            NpgsqlDbType.Integer,
        ];
        _read = Command(connection, Statements.ItemsReadDefined, [.. Key, NpgsqlDbType.Smallint]);
        _put = Command(connection, Statements.ItemsPut, [.. written, NpgsqlDbType.Jsonb]);
        _update = Command(connection, Statements.ItemsUpdate, written);
    }

    /// <summary>Opens a connection and prepares all statements on it.</summary>
    public static async Task<FewestDataPlane> OpenAsync(
        string connectionString, TableDefinition table, BareDataPlane reads, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        var fewest = new FewestDataPlane(table, reads, connection);
        await fewest._read.PrepareAsync(cancellationToken);
        await fewest._put.PrepareAsync(cancellationToken);
        await fewest._update.PrepareAsync(cancellationToken);
        return fewest;
    }

    public Task PutItemAsync(CancellationToken cancellationToken) => PutAsync(DataPlaneItems.NextNew(), cancellationToken);

    public Task ReplaceItemAsync(CancellationToken cancellationToken) =>
        PutAsync(DataPlaneItems.AnyReplacement(), cancellationToken);

    public Task GetItemAsync(CancellationToken cancellationToken) => _reads.GetItemAsync(cancellationToken);

    public Task QueryAsync(CancellationToken cancellationToken) => _reads.QueryAsync(cancellationToken);

    public async Task UpdateItemAsync(CancellationToken cancellationToken)
    {
        var key = _table.KeySchema.OfKey(DataPlaneItems.AnyKey());

        // Another worker may have updated the item in between.
        do
        {
            SetKey(_read.Parameters, key);
            _read.Parameters[3].Value = key.Slot;
            AttributeMap document;
            await using (var reader = await _read.ExecuteReaderAsync(cancellationToken))
            {
                await reader.ReadAsync(cancellationToken);
                document = StoredDocument.Read(reader.GetFieldValue<byte[]>(1));
                _update.Parameters[3].Value = reader.GetInt64(3);
            }

            Set(_update.Parameters, key, document.With("Value", DataPlaneItems.AnyValue()));
        }
        while (!await WritesAsync(_update, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _read.DisposeAsync();
        await _put.DisposeAsync();
        await _update.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task PutAsync(AttributeMap item, CancellationToken cancellationToken)
    {
        var parameters = _put.Parameters;
        Set(parameters, _table.KeySchema.OfItem(item), item);
        parameters[3].Value = 1L;
        parameters[10].Value = StoredDocument.Write(_table.KeySchema.KeyOf(item));
        if (!await WritesAsync(_put, cancellationToken))
        {
            throw new InvalidOperationException("An item was not written.");
        }
    }

    private static async Task<bool> WritesAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return !reader.IsDBNull(1);
    }

    private void Set(NpgsqlParameterCollection parameters, ItemKey key, AttributeMap document)
    {
        SetKey(parameters, key);
        parameters[4].Value = _table.Version;
        parameters[5].Value = key.Slot;
        parameters[6].Value = new[] { _table.GlobalIndexes[0].Id };
        parameters[7].Value = new[] { _table.GlobalIndexes[0].PropagationDelay };
        parameters[8].Value = StoredDocument.Write(document);
        parameters[9].Value = ItemSize.Of(document);
    }

    private void SetKey(NpgsqlParameterCollection parameters, ItemKey key)
    {
        parameters[0].Value = _table.Id;
        parameters[1].Value = key.PartitionHash;
        parameters[2].Value = key.SortKey;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string statement, NpgsqlDbType[] types)
    {
        var command = new NpgsqlCommand(statement, connection);
        foreach (var type in types)
        {
            command.Parameters.Add(new() { NpgsqlDbType = type });
        }

        return command;
    }
}
