using System.Diagnostics;
using ExtendDb.Ef.Consumers;
using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Server.Commands;
using ExtendDb.Ef.StreamLifecycle;
using ExtendDb.Ef.Streams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Demo;

/// <summary>Catalogs real files while the worker is killed half-way, and shows that no index update is lost.</summary>
internal sealed class DemoRun(ChosenDatabase database, DirectoryInfo folder, int? mostItems)
{
    private static readonly TimeSpan DrainWithin = TimeSpan.FromMinutes(5);
    private readonly DemoCounts _counts = new();

    /// <summary>Runs the demo.</summary>
    /// <returns>True when every index agrees with its items, and the totals that the consumer keeps.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine($"database  {database.Place}");
        await ExtendDbMigrator.MigrateAsync(database.ConnectionString, cancellationToken);
        var table = await CreateTableAsync(cancellationToken);
        var catalog = new FileCatalog(database.CreateContext, database.ExtendDb, table, _counts);
        Console.WriteLine($"files     {folder.FullName}");
        var files = FileCatalog.Files(folder).Take(mostItems ?? int.MaxValue).ToList();

        await using var lag = new LagSamples(database.Local());
        await WriteAsync(catalog, files, lag, cancellationToken);
        await lag.StopAsync();

        var verified = await IndexVerification.RunAsync(database.Local(), table, cancellationToken);
        _counts.WrongTotals = await FileTotals.CountWrongAsync(database.ExtendDb, cancellationToken);
        await DemoQueries.PrintAsync(database.ExtendDb, cancellationToken);
        DemoReport.Print(_counts, await catalog.CountAsync(cancellationToken), verified, lag);
        return verified.TrueForAll(index => index is { Divergent: 0, Waiting: 0 }) && _counts.WrongTotals == 0;
    }

    private async Task<TableDefinition> CreateTableAsync(CancellationToken cancellationToken)
    {
        foreach (var definition in new[] { FileItems.Definition, FileTotals.Definition })
        {
            try
            {
                await database.ExtendDb.CreateTableAsync(definition, cancellationToken);
            }
            catch (ResourceInUseException)
            {
                // The table exists from an earlier run, whose items are brought up to date.
            }
        }

        var table = await database.ExtendDb.GetTableDefinitionAsync(FileItems.Table, cancellationToken);
        var described = (await database.ExtendDb.DescribeTableAsync(new(FileItems.Table), cancellationToken)).Table;
        if (!table.Indexes.Select(i => i.Name).SequenceEqual(
                FileItems.Definition.GlobalSecondaryIndexes.Select(i => i.IndexName).Order(StringComparer.Ordinal))
            || described.StreamSpecification is { } stream && stream != FileItems.Definition.StreamSpecification)
        {
            throw new ResourceInUseException(
                $"The database has another table named {FileItems.Table}. Give the demo a database of its own.");
        }

        if (described.StreamSpecification is null)
        {
            await BeginStreamAsync(cancellationToken);
        }

        return table;
    }

    // The table is of a version whose demo had no totals: they begin with what is there.
    private async Task BeginStreamAsync(CancellationToken cancellationToken)
    {
        await database.ExtendDb.UpdateTableAsync(
            new(FileItems.Table) { StreamSpecification = FileItems.Definition.StreamSpecification }, cancellationToken);
        var switches = new StreamSwitches(database.Local(), NullLogger.Instance);
        while (await switches.StepAsync(cancellationToken))
        {
            await Task.Delay(20, cancellationToken);
        }

        await FileTotals.BeginAsync(database.ExtendDb, cancellationToken);
    }

    private async Task WriteAsync(
        FileCatalog catalog, List<FileInfo> files, LagSamples lag, CancellationToken cancellationToken)
    {
        var worker = WorkerProcess.Start(database.ConnectionString);
        try
        {
            await AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
                .StartAsync(async progress =>
                {
                    await worker.RunningAsync(cancellationToken);
                    var writing = progress.AddTask($"writing {files.Count:N0} items", maxValue: Math.Max(1, files.Count));
                    var clock = Stopwatch.StartNew();
                    var chunks = files.Chunk(FileCatalog.Chunk).ToList();
                    for (var i = 0; i < chunks.Count; i++)
                    {
                        if (i == chunks.Count / 2)
                        {
                            await worker.KillAsync();
                            lag.WorkerRuns(false);
                            await worker.DisposeAsync();
                            _counts.WaitingWhenKilled = await PendingAsync(cancellationToken);
                        }

                        if (i == chunks.Count * 3 / 4 && _counts.WaitingWhenKilled is not null)
                        {
                            _counts.WaitingWhenStarted = await PendingAsync(cancellationToken);
                            _counts.UnhandledWhenStarted = await UnhandledAsync(cancellationToken);
                            worker = WorkerProcess.Start(database.ConnectionString);
                        }

                        await catalog.WriteAsync(chunks[i], cancellationToken);
                        writing.Increment(chunks[i].Length);
                    }

                    await catalog.RemoveGoneAsync(folder, cancellationToken);
                    _counts.Writing = clock.Elapsed;
                    writing.Value = writing.MaxValue;
                    await worker.RunningAsync(cancellationToken);
                    lag.WorkerRuns(true);
                    await DrainAsync(progress, cancellationToken);
                });
        }
        finally
        {
            await worker.DisposeAsync();
        }
    }

    private async Task DrainAsync(ProgressContext progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var left = await PendingAsync(cancellationToken);
        var draining = progress.AddTask("applying what waits", maxValue: Math.Max(1, left));
        while (left > 0)
        {
            if (clock.Elapsed > DrainWithin)
            {
                throw new IOException($"{left} markers still wait after {DrainWithin}. See: extenddb status");
            }

            await Task.Delay(20, cancellationToken);
            left = await PendingAsync(cancellationToken);
            draining.Value = draining.MaxValue - left;
        }

        draining.Value = draining.MaxValue;
        _counts.Draining = clock.Elapsed;
        while (await UnhandledAsync(cancellationToken) > 0)
        {
            if (clock.Elapsed > DrainWithin)
            {
                throw new IOException($"Records still wait for their consumer after {DrainWithin}. See: extenddb streams list");
            }

            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>Counts the records that the consumer has still to handle, once all have their numbers.</summary>
    private async Task<long> UnhandledAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Local().Connections.OpenAsync(cancellationToken);
        while ((await StreamNumbering.NumberDueAsync(connection, cancellationToken)).IsMore)
        {
        }

        var places = await ConsumerState.ReadAsync(connection, cancellationToken);
        return places.Where(place => place.Consumer == FileTotals.Consumer)
            .Sum(place => place.WaitsSince is null ? 0 : Math.Max(1, place.LastNumber - place.Number));
    }

    private async Task<long> PendingAsync(CancellationToken cancellationToken)
    {
        await using var context = database.CreateContext();
        return await context.GsiPending.LongCountAsync(cancellationToken);
    }
}
