using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Streams;
using ExtendDb.Ef.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExtendDb.Ef.Consumers;

/// <summary>
/// Handles the records of a stream's shards: in one transaction it takes the turn in a shard, reads the records behind the place,
/// calls the handler, saves the place.
/// </summary>
/// <remarks>
/// So the effect of a record and the place behind it are there together, or neither. The lock of the place's row keeps other
/// processes from the shard; it has no lease, and ends with the connection. Between tries there is no transaction: how many have
/// failed, and when the next one is, stands in the row.
/// </remarks>
internal sealed class StreamConsumer(
    ExtendDbRuntime runtime, ConsumerRegistration registration, IServiceProvider services, ILogger logger)
{
    private readonly string _name = registration.Name;
    private readonly StreamConsumerOptions _options = registration.Options;
    private readonly ConsumerPlaces _places = new(registration.Name, registration.Options);
    private readonly HandlerCall _call = new(runtime, registration, services);
    private readonly SetAsideRecords _setAside = new(runtime, registration.Name);

    // After several records have failed together, each up to this number is handled alone.
    private readonly Dictionary<(int Stream, short Shard), long> _aloneUpTo = [];

    /// <summary>Registers the consumer in the database.</summary>
    /// <exception cref="InvalidOperationException">The consumer is registered with another table or other settings.</exception>
    public async Task RegisterAsync(CancellationToken cancellationToken)
    {
        await runtime.Definitions.GetAsync(cancellationToken);
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await _places.RegisterAsync(connection, runtime.Clock.UtcNow, cancellationToken);

        // A consumer that starts at now has its places once the host has started.
        await _places.ReadDueAsync(connection, cancellationToken);
    }

    /// <summary>Handles a page of records of each shard that has any, the shard that lags most first.</summary>
    /// <returns>Whether records were handled.</returns>
    public async Task<bool> HandleDueAsync(CancellationToken cancellationToken)
    {
        var isAny = false;
        foreach (var shard in await LookAsync(cancellationToken))
        {
            isAny |= await HandleAsync(shard, cancellationToken);
        }

        return isAny;
    }

    /// <summary>Handles a record again that was set aside.</summary>
    /// <returns>Whether one was due.</returns>
    public async Task<bool> RetrySetAsideAsync(CancellationToken cancellationToken)
    {
        await using (var connection = await runtime.Connections.OpenAsync(cancellationToken))
        {
            if (!await _setAside.IsAnyDueAsync(connection, cancellationToken))
            {
                return false;
            }
        }

        SetAsideRecords.Due? due = null;
        try
        {
            return await _call.InTransactionAsync(
                async (call, token) =>
                {
                    due = await _setAside.LockDueAsync(call.Connection, token);
                    if (due is null)
                    {
                        return false;
                    }

                    await call.HandleAsync([due.Record], token);
                    await _setAside.RemoveAsync(call.Connection, due, token);
                    return true;
                },
                cancellationToken);
        }
        catch (Exception failed) when (due is not null && !cancellationToken.IsCancellationRequested)
        {
            ConsumerLog.FailedAgain(logger, _name, due.Record.ShardId, due.Record.Number, failed);
            await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
            await _setAside.FailAsync(connection, due, failed, cancellationToken);
            return true;
        }
    }

    private async Task<List<ConsumerPlaces.DueShard>> LookAsync(CancellationToken cancellationToken)
    {
        await runtime.Definitions.GetAsync(cancellationToken);
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        var due = await _places.ReadDueAsync(connection, cancellationToken);
        foreach (var shard in due.Where(shard => shard.HasUnnumbered))
        {
            await StreamNumbering.NumberAsync(connection, shard.Stream, shard.Shard, cancellationToken);
        }

        var now = runtime.Clock.UtcNow;
        StreamMetrics.Lags(
            this, runtime.Name, _name, due.Min(shard => shard.Since) is { } since && since < now ? now - since : TimeSpan.Zero);
        return due;
    }

    private async Task<bool> HandleAsync(ConsumerPlaces.DueShard shard, CancellationToken cancellationToken)
    {
        ShardPage? page = null;
        (long Number, int Attempts) turn = default;
        try
        {
            var isHandled = await _call.InTransactionAsync(
                async (call, token) =>
                {
                    if (await _places.LockAsync(call.Connection, shard, token) is not { } taken)
                    {
                        return false;
                    }

                    turn = taken;
                    KillPoint.Reach(KillPoint.ConsumerLocked);
                    page = await ShardReader.ReadAsync(
                        call.Connection, runtime.Options.Region, shard.Stream, shard.Shard, turn.Number, Limit(shard, turn), token);
                    page?.DemandUntrimmed(turn.Number);
                    if (page is not { Records: [.., var last] })
                    {
                        return false;
                    }

                    await call.HandleAsync(page.Records, token);
                    KillPoint.Reach(KillPoint.ConsumerHandled);
                    await _places.AdvanceAsync(call.Connection, shard.Stream, shard.Shard, last.Number, token);
                    KillPoint.Reach(KillPoint.ConsumerAdvanced);
                    return true;
                },
                cancellationToken);
            if (isHandled)
            {
                KillPoint.Reach(KillPoint.ConsumerCommitted);
            }

            return isHandled;
        }
        catch (TrimmedDataAccessException trimmed) when (page is not null)
        {
            await MissedAsync(shard, page, turn.Number, trimmed, cancellationToken);
            return true;
        }
        catch (Exception failed) when (page is { Records.Count: > 0 } && !cancellationToken.IsCancellationRequested)
        {
            await FailedAsync(shard, page, turn, failed, cancellationToken);
            return false;
        }
    }

    private int Limit(ConsumerPlaces.DueShard shard, (long Number, int Attempts) turn) =>
        turn.Attempts > 0 || turn.Number < _aloneUpTo.GetValueOrDefault((shard.Stream, shard.Shard)) ? 1 : _options.MaxRecords;

    private async Task FailedAsync(
        ConsumerPlaces.DueShard shard,
        ShardPage page,
        (long Number, int Attempts) turn,
        Exception failed,
        CancellationToken cancellationToken)
    {
        var attempt = turn.Attempts + 1;
        ConsumerLog.Failed(logger, _name, attempt, page.Source.ShardId, turn.Number, page.Records.Count, failed);
        _aloneUpTo[(shard.Stream, shard.Shard)] = page.Records[^1].Number;
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        TimeSpan? pause = RetryPause.Of(attempt);
        if (page.Records.Count == 1 && attempt >= _options.Attempts)
        {
            if (_options.WhenFailed == StreamFailure.SetAside)
            {
                await SetAsideAsync(connection, shard, page.Records[0], failed, cancellationToken);
                return;
            }

            pause = null;
            ConsumerLog.Stopped(logger, _name, page.Source.ShardId, turn.Number, failed);
        }

        await _places.FailAsync(
            connection, shard.Stream, shard.Shard, turn.Number, failed.ToString(), pause, cancellationToken);
    }

    private async Task SetAsideAsync(
        NpgsqlConnection connection,
        ConsumerPlaces.DueShard shard,
        StreamRecord record,
        Exception failed,
        CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await _places.LockAsync(connection, shard, cancellationToken) is { } turn && turn.Number == record.Number - 1)
        {
            await _setAside.AddAsync(connection, shard.Stream, shard.Shard, record.Number, failed, cancellationToken);
            await _places.AdvanceAsync(connection, shard.Stream, shard.Shard, record.Number, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            ConsumerLog.SetAside(logger, _name, record.ShardId, record.Number, failed);
        }
    }

    private async Task MissedAsync(
        ConsumerPlaces.DueShard shard,
        ShardPage page,
        long place,
        TrimmedDataAccessException trimmed,
        CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        if (_options.WhenBehind == StreamBehind.StopShard)
        {
            ConsumerLog.Stopped(logger, _name, page.Source.ShardId, place, trimmed);
            await _places.FailAsync(
                connection, shard.Stream, shard.Shard, place, trimmed.Message, pause: null, cancellationToken);
            return;
        }

        // What was trimmed after the page was read is found by the next page.
        var horizon = page.Records.Count > 0 ? page.Records[0].Number - 1 : page.TrimmedNumber;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await _places.LockAsync(connection, shard, cancellationToken) is { } turn && turn.Number == place)
        {
            await _places.AdvanceAsync(connection, shard.Stream, shard.Shard, horizon, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            ConsumerLog.Missed(logger, _name, horizon - place, page.Source.ShardId, place);
        }
    }
}
