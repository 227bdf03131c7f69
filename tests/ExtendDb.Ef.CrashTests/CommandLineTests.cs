using System.Reflection;
using System.Text.Json;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace ExtendDb.Ef.CrashTests;

public class CommandLineTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Four_processes_that_migrate_at_once_apply_each_migration_once()
    {
        var empty = await fixture.CreateDatabaseAsync(migrated: false);

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ExtendDbProcess.RunAsync(empty, "migrate")));

        runs.Should().OnlyContain(run => run.ExitCode == 0, string.Join('\n', runs.Select(run => run.Errors)));
        await using var orders = Orders.Open(empty);
        var applied = await orders.Context.Database
            .SqlQuery<string>($"""SELECT "MigrationId" AS "Value" FROM extenddb.migrations_history""").ToListAsync();
        var all = typeof(ExtendDbMigrator).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Order();
        applied.Order().Should().Equal(all).And.EndWith(SchemaVersion.Required);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("worker")]
    [InlineData("verify")]
    public async Task Database_that_was_never_migrated_is_refused_with_the_command_to_run(string command)
    {
        var empty = await fixture.CreateDatabaseAsync(migrated: false);

        var run = await ExtendDbProcess.RunAsync(empty, command);

        run.ExitCode.Should().Be(1);
        run.Errors.Should().Contain("extenddb migrate").And.NotContain("   at ");
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("verify", "--tabel", "x")]
    [InlineData("demo", "--items", "0")]
    [InlineData("worker", "--loops", "0")]
    [InlineData("demo", "--scan", "/no/such/folder")]
    [InlineData("status", "--connection", "not a connection string")]
    public async Task Wrong_use_ends_with_2(params string[] arguments)
    {
        var run = await ExtendDbProcess.RunAsync(fixture.ConnectionString, arguments);

        run.ExitCode.Should().Be(2, run.Errors);
    }

    [Fact]
    public async Task Verify_ends_with_3_and_counts_what_is_wrong()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var orders = await Orders.CreateAsync(connectionString);
        await using (await ExtendDbProcess.StartWorkerAsync(connectionString))
        {
            for (var number = 0; number < 9; number++)
            {
                await orders.PutAsync(1, number, total: number);
            }

            await orders.DrainedAsync();
        }

        await using var unguarded = orders.CreateUnguardedContext();
        await unguarded.IndexEntries.Where(e => e.SizeBytes > 0).OrderBy(e => e.SortKey).Take(2).ExecuteDeleteAsync();
        var run = await ExtendDbProcess.RunAsync(connectionString, "verify", "--table", Orders.Table, "--json");

        run.ExitCode.Should().Be(3);
        JsonDocument.Parse(run.Output).RootElement.GetProperty("indexes").EnumerateArray()
            .Sum(index => index.GetProperty("missing").GetInt32()).Should().Be(2);
    }

    [Fact]
    public async Task Status_tells_a_program_what_waits()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var orders = await Orders.CreateAsync(connectionString);
        await orders.PutAsync(1, 1, total: 1);

        var run = await ExtendDbProcess.RunAsync(connectionString, "status", "--json");

        var status = JsonDocument.Parse(run.Output).RootElement;
        status.GetProperty("schema_version").GetString().Should().Be(SchemaVersion.Required);
        status.GetProperty("pending_markers").GetInt32().Should().Be(1);
        status.GetProperty("tables")[0].GetProperty("indexes").EnumerateArray()
            .Should().OnlyContain(index => index.GetProperty("pending").GetInt32() == 1);
    }
}
