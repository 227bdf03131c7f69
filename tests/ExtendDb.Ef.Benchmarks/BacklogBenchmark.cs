using System.Text.Json;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Migrations;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>
/// Applies batches of 250 markers of one slot, in turn from queues that are short, long, behind dead rows that an open
/// transaction keeps, and planned for as if they were empty; each beside the short one.
/// </summary>
internal static class BacklogBenchmark
{
    private const string Template = "filled";
    private const int Items = 100_000;

    // As many as there are slots, so that all have hints, and some more.
    private const int WarmUpRounds = 48;
    private const int Rounds = 96;
    private const int BetweenVacuums = 32;
    private const int Looks = 11;
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    // The first is what the others are compared with.
    private static readonly BacklogCase[] Cases =
    [
        new("waiting_10k", 10_000),
        new("waiting_1m", 1_000_000),
        new("waiting_1m_statistics_of_empty", 1_000_000, StatisticsOfEmpty: true),
        new("dead_500k", 10_000, Dead: 500_000),
        new("dead_1m", 10_000, Dead: 1_000_000),
    ];

    public static async Task RunAsync(bool json, CancellationToken cancellationToken)
    {
        // Autovacuum would analyze what is to stay unknown, and fall on one case and not on another.
        await using var server = await LocalPostgres.StartAsync(
            new LocalPostgresOptions { Fsync = true, Settings = new Dictionary<string, string> { ["autovacuum"] = "off" } },
            cancellationToken);
        await FillTemplateAsync(server, cancellationToken);
        var queues = new List<BacklogQueue>();
        try
        {
            foreach (var of in Cases)
            {
                await ExecuteAsync(
                    server.ConnectionString, $"CREATE DATABASE {of.Name} TEMPLATE {Template}", cancellationToken);
                queues.Add(await BacklogQueue.FillAsync(of, server.ConnectionStringFor(of.Name), cancellationToken));
            }

            await ExecuteAsync(server.ConnectionString, "CHECKPOINT", cancellationToken);

            // Not measured: code is compiled, statements are prepared, and caches filled.
            await ApplyInTurnAsync(queues, WarmUpRounds, cancellationToken);
            var batches = await ApplyInTurnAsync(queues, Rounds, cancellationToken);
            var figures = new List<Figures>();
            for (var i = 0; i < queues.Count; i++)
            {
                figures.Add(await FiguresAsync(Cases[i], queues[i], batches[0], batches[i], cancellationToken));
            }

            Print(figures, json);
        }
        finally
        {
            foreach (var queue in queues)
            {
                await queue.DisposeAsync();
            }
        }
    }

    private static async Task FillTemplateAsync(LocalPostgres server, CancellationToken cancellationToken)
    {
        await ExecuteAsync(server.ConnectionString, $"CREATE DATABASE {Template}", cancellationToken);
        var connectionString = server.ConnectionStringFor(Template);
        await ExtendDbMigrator.MigrateAsync(connectionString, cancellationToken);
        await using (var context = new ExtendDbContext(
            (DbContextOptions<ExtendDbContext>)new DbContextOptionsBuilder<ExtendDbContext>()
                .UseNpgsql(connectionString).UseExtendDb().Options))
        {
            var table = await IndexedItems.CreateTableAsync(context.ExtendDb(), cancellationToken);
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
            await IndexedItems.CopyAsync(connection, table, Items, cancellationToken);
        }

        await ExecuteAsync(connectionString, BacklogSql.CreateSlotItems, cancellationToken);
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Applies one batch of each queue, again and again; the one that begins changes.</summary>
    /// <returns>The milliseconds of each queue's batches.</returns>
    private static async Task<List<double>[]> ApplyInTurnAsync(
        List<BacklogQueue> queues, int rounds, CancellationToken cancellationToken)
    {
        List<double>[] times = [.. queues.Select(_ => new List<double>())];
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < queues.Count; i++)
            {
                var turn = (round + i) % queues.Count;
                times[turn].Add(await queues[turn].ApplyAsync(afresh: false, cancellationToken));
            }

            if (round % BetweenVacuums == BetweenVacuums - 1)
            {
                foreach (var queue in queues)
                {
                    await queue.VacuumAsync(cancellationToken);
                }
            }
        }

        return times;
    }

    private static async Task<Figures> FiguresAsync(
        BacklogCase of, BacklogQueue queue, List<double> first, List<double> batches, CancellationToken cancellationToken)
    {
        var buffers = await queue.BuffersAsync(afresh: false, cancellationToken);
        var buffersAfresh = await queue.BuffersAsync(afresh: true, cancellationToken);
        var afresh = new List<double>();
        var looks = new List<double>();
        var looksAfresh = new List<double>();
        for (var i = 0; i < Looks; i++)
        {
            afresh.Add(await queue.ApplyAsync(afresh: true, cancellationToken));
            looks.Add(await queue.LookAsync(afresh: false, cancellationToken));
            looksAfresh.Add(await queue.LookAsync(afresh: true, cancellationToken));
        }

        return new(
            of.Name,
            PairedRounds.Quantile(batches, 0.5),
            PairedRounds.Quantile(batches.Zip(first, (own, peer) => own / peer), 0.5),
            batches.Max(),
            PairedRounds.Quantile(looks, 0.5),
            buffers.Turn,
            buffers.PerMarker,
            buffers.Next,
            new(
                PairedRounds.Quantile(afresh, 0.5),
                afresh.Max(),
                PairedRounds.Quantile(looksAfresh, 0.5),
                buffersAfresh.Turn,
                buffersAfresh.PerMarker,
                buffersAfresh.Next));
    }

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Print(List<Figures> figures, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { BacklogQueue.PerBatch, Cases = figures }, Json));
            return;
        }

        Console.WriteLine("                                batch ms  ratio  worst   next ms  turn, claim per marker, next in buffers");
        foreach (var figure in figures)
        {
            var sweep = figure.WithoutHints;
            Console.WriteLine(
                $"{figure.Case,-30}{figure.BatchMs,10:0.00}{figure.Ratio,7:0.00}{figure.WorstBatchMs,7:0.0}{figure.NextMs,10:0.00}"
                + $"{figure.TurnBuffers,10:N0}{figure.ClaimBuffersPerMarker,8:0.0}{figure.NextBuffers,10:N0}");
            Console.WriteLine(
                $"{"  without hints",-30}{sweep.BatchMs,10:0.00}       {sweep.WorstBatchMs,7:0.0}{sweep.NextMs,10:0.00}"
                + $"{sweep.TurnBuffers,10:N0}{sweep.ClaimBuffersPerMarker,8:0.0}{sweep.NextBuffers,10:N0}");
        }
    }

    /// <summary>What batches cost from one queue.</summary>
    /// <param name="Case">The queue.</param>
    /// <param name="BatchMs">The median of a batch, all its statements and the commit.</param>
    /// <param name="Ratio">To the first case: the median of the rounds' ratios.</param>
    /// <param name="WorstBatchMs">The longest batch with hints.</param>
    /// <param name="NextMs">To look when the next marker becomes due.</param>
    /// <param name="TurnBuffers">The pages that taking the turn looks at.</param>
    /// <param name="ClaimBuffersPerMarker">The pages that the claim looks at, for each marker that it claims.</param>
    /// <param name="NextBuffers">The pages of looking for the next marker.</param>
    /// <param name="WithoutHints">The same for a process that begins, and every few seconds for each.</param>
    private sealed record Figures(
        string Case,
        double BatchMs,
        double Ratio,
        double WorstBatchMs,
        double NextMs,
        long TurnBuffers,
        double ClaimBuffersPerMarker,
        long NextBuffers,
        Sweep WithoutHints);

    private sealed record Sweep(
        double BatchMs,
        double WorstBatchMs,
        double NextMs,
        long TurnBuffers,
        double ClaimBuffersPerMarker,
        long NextBuffers);
}
