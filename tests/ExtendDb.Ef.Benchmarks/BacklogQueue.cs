using System.Data;
using System.Diagnostics;
using System.Text.Json;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>
/// A database with a queue whose length stays the same: what a batch has applied is added at the end. Batches are of one
/// slot and one size.
/// </summary>
internal sealed class BacklogQueue : IAsyncDisposable
{
    public const int PerBatch = 250;

    private static readonly DateTime Beginning = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly short[] AllSlots = [.. Enumerable.Range(0, ItemSlot.Count).Select(slot => (short)slot)];

    private readonly BacklogCase _case;
    private readonly ServiceProvider _services;
    private readonly ExtendDbRuntime _runtime;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlConnection _reader;
    private int _batches;

    private BacklogQueue(BacklogCase of, ServiceProvider services, string connectionString)
    {
        _case = of;
        _services = services;
        _runtime = services.GetRequiredService<ExtendDbRuntime>();
        _connection = new(connectionString);
        _reader = new(connectionString);
    }

    /// <summary>Fills the queue of a database that has items and nothing else.</summary>
    public static async Task<BacklogQueue> FillAsync(
        BacklogCase of, string connectionString, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection()
            // Looks without hints come by time, and are measured apart.
            .AddSingleton<TimeProvider>(new StandingTime())
            .AddExtendDb(connectionString, options => options.Propagation.Enabled = false).Services
            .BuildServiceProvider();
        var queue = new BacklogQueue(of, services, connectionString);
        await queue._connection.OpenAsync(cancellationToken);
        await queue.ExecuteAsync(BacklogSql.DoNotWait, cancellationToken);
        await queue.ExecuteAsync(BacklogSql.AnalyzeEmpty, cancellationToken);
        await queue.AddAsync(0, of.DeadPerSlot + of.WaitingPerSlot, AllSlots, cancellationToken);
        if (!of.StatisticsOfEmpty)
        {
            await queue.ExecuteAsync(BacklogSql.Analyze, cancellationToken);
        }

        if (of.DeadPerSlot > 0)
        {
            await queue._reader.OpenAsync(cancellationToken);
            var transaction = await queue._reader.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            await using var snapshot = new NpgsqlCommand(BacklogSql.HoldSnapshot, queue._reader, transaction);
            await snapshot.ExecuteScalarAsync(cancellationToken);
            await queue.ExecuteAsync(
                BacklogSql.DeleteMarkers, cancellationToken, new NpgsqlParameter { Value = (long)of.DeadPerSlot });
        }

        return queue;
    }

    /// <summary>Applies a batch.</summary>
    /// <param name="afresh">By a process that has no hints yet; it looks as each process does every few seconds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How long it took in milliseconds.</returns>
    public async Task<double> ApplyAsync(bool afresh, CancellationToken cancellationToken)
    {
        var batches = afresh ? new MarkerBatch(_runtime) : _runtime.Batches;
        var pace = new BatchSizer(PerBatch);

        // As if the one before had been full and had taken the time that a batch should take.
        pace.Done(full: true, large: true, TimeSpan.FromMilliseconds(30));
        var start = Stopwatch.GetTimestamp();
        var outcome = await batches.ApplyDueAsync(pace, cancellationToken);
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (outcome is not { Markers: PerBatch, Entries: PerBatch * IndexedItems.Indexes, Quarantined: 0 })
        {
            throw new InvalidOperationException($"A batch was not as expected: {outcome}.");
        }

        var round = _batches / ItemSlot.Count;
        await AddAsync(
            _case.DeadPerSlot + _case.WaitingPerSlot + (round * PerBatch),
            PerBatch,
            [(short)(_batches % ItemSlot.Count)],
            cancellationToken);
        _batches++;
        return took;
    }

    /// <summary>Looks when the next marker becomes due, with hints or, afresh, without.</summary>
    /// <returns>How long it took in milliseconds.</returns>
    public async Task<double> LookAsync(bool afresh, CancellationToken cancellationToken)
    {
        var batches = afresh ? new MarkerBatch(_runtime) : _runtime.Batches;
        var start = Stopwatch.GetTimestamp();
        await batches.UntilNextAsync(cancellationToken);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Does what autovacuum would, which is nothing where a transaction holds it back; and nothing where it shall not count what is there.</summary>
    public async Task VacuumAsync(CancellationToken cancellationToken)
    {
        if (!_case.StatisticsOfEmpty && _case.Dead == 0)
        {
            await ExecuteAsync(BacklogSql.Vacuum, cancellationToken);
        }
    }

    /// <summary>Runs the statements of a batch with its settings, rolls it back, and says how many pages each has looked at.</summary>
    /// <param name="afresh">Without hints.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(long Turn, double PerMarker, long Next)> BuffersAsync(bool afresh, CancellationToken cancellationToken)
    {
        var done = Math.DivRem(_batches, ItemSlot.Count, out var slot);
        DateTime[] from =
        [
            .. AllSlots.Select(s => afresh ? Beginning : ReadyAt(s, _case.DeadPerSlot + ((done + (s < slot ? 1 : 0)) * PerBatch))),
        ];
        await using var connection = await _runtime.Connections.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await using (var begin = new NpgsqlCommand(Statements.BatchBegin, connection))
        {
            await begin.ExecuteNonQueryAsync(cancellationToken);
        }

        var turn = await ExplainAsync(
            Statements.GsiSlotsLockDue,
            Instants(from),
            new() { Value = 1 },
            new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = DBNull.Value });
        var claim = await ExplainAsync(
            Statements.GsiPendingClaim,
            new() { Value = new[] { (short)slot } },
            Instants([from[slot]]),
            new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = DateTime.UtcNow },
            new() { Value = PerBatch },
            new() { Value = new PropagationOptions().MaxBatchBytes });
        await transaction.RollbackAsync(cancellationToken);
        var next = await ExplainAsync(Statements.GsiPendingNext, Instants(from));
        return (turn, claim / (double)PerBatch, next);

        async Task<long> ExplainAsync(string statement, params NpgsqlParameter[] parameters)
        {
            await using var command = new NpgsqlCommand(BacklogSql.Explain + statement, connection);
            command.Parameters.AddRange(parameters);
            var json = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
            var plan = JsonDocument.Parse(json).RootElement[0].GetProperty("Plan");
            return plan.GetProperty("Shared Hit Blocks").GetInt64() + plan.GetProperty("Shared Read Blocks").GetInt64();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _connection.DisposeAsync();
        await _services.DisposeAsync();
    }

    private static DateTime ReadyAt(int slot, int n) =>
        new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMicroseconds((n * ItemSlot.Count) + slot);

    private static NpgsqlParameter Instants(DateTime[] instants) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, Value = instants };

    private Task AddAsync(int from, int perSlot, short[] slots, CancellationToken cancellationToken) => ExecuteAsync(
        BacklogSql.AddMarkers,
        cancellationToken,
        new() { Value = (long)from },
        new() { Value = (long)perSlot },
        new() { Value = slots });

    private async Task ExecuteAsync(
        string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
