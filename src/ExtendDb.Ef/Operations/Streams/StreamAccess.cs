using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Streams;
using Npgsql;

namespace ExtendDb.Ef.Operations.Streams;

/// <summary>Reads streams over a connection that sees what is committed, as the operations on streams do.</summary>
internal sealed class StreamAccess : IAsyncDisposable
{
    private readonly OperationConnection _held;
    private readonly string _region;
    private readonly bool _isInTransaction;

    private StreamAccess(OperationContext context, OperationConnection held, bool isInTransaction) =>
        (_held, _region, _isInTransaction) = (held, context.Runtime.Options.Region, isInTransaction);

    public NpgsqlConnection Connection => _held.Connection;

    /// <summary>Opens a connection; the first one of a process checks the schema.</summary>
    public static async Task<StreamAccess> OpenAsync(OperationContext context, CancellationToken cancellationToken)
    {
        if (context.Direct is not null)
        {
            await context.Runtime.Definitions.GetAsync(cancellationToken);
            return new(context, await OperationConnection.OpenAsync(context, cancellationToken), isInTransaction: false);
        }

        await context.Runtime.Definitions.GetAsync(context.DbContext, cancellationToken);
        return new(
            context,
            await OperationConnection.OpenToReadAsync(context, cancellationToken),
            isInTransaction: !context.Runtime.Connections.AreApart && ContextConnection.HasTransaction(context.DbContext));
    }

    /// <summary>Returns the stream of an ARN with its shards; null when there is none.</summary>
    public async Task<StreamState?> FindAsync(string arn, CancellationToken cancellationToken) =>
        StreamArn.TryParse(arn, out var stream)
            ? (await StreamState.ReadAsync(Connection, stream.TableName, cancellationToken))
                .Find(each => each.Label == stream.Label)
            : null;

    /// <summary>Reads a page of a shard, with all records that were committed before the call.</summary>
    /// <returns>The page; null when there is no such shard.</returns>
    /// <remarks>
    /// Records that have no number yet get it here, so that a reader waits for nobody. Only in a transaction of the caller, whose
    /// connection is the only one, the call leaves that to a worker.
    /// </remarks>
    public async Task<ShardPage?> ReadAsync(
        int stream, short shard, long? behind, int limit, CancellationToken cancellationToken)
    {
        var page = await ShardReader.ReadAsync(Connection, _region, stream, shard, behind, limit, cancellationToken);
        if (page is not { IsDue: true } || page.Records.Count == limit || _isInTransaction)
        {
            return page;
        }

        await StreamNumbering.NumberAsync(Connection, stream, shard, cancellationToken);
        return await ShardReader.ReadAsync(Connection, _region, stream, shard, behind, limit, cancellationToken);
    }

    public ValueTask DisposeAsync() => _held.DisposeAsync();
}
