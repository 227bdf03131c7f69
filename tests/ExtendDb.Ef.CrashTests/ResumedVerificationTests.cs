using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.CrashTests;

public sealed class ResumedVerificationTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>, IDisposable
{
    private const string Table = "Verified";
    private const int Items = 24_000;
    private const int Kills = 2;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("extenddb-verify-");

    [Fact]
    public async Task Verification_killed_half_way_and_resumed_goes_on_from_there_and_gives_the_same_counts()
    {
        var database = await fixture.CreateDatabaseAsync();
        await using var orders = Orders.Open(database);
        await FillAndDamageAsync(orders);
        var whole = await ExtendDbProcess.RunAsync(database, "verify", "--json");
        var progress = Path.Combine(_folder.FullName, "progress.json");

        for (var kill = 0; kill < Kills; kill++)
        {
            var before = await ReadAsync(progress);
            await using var killed = ExtendDbProcess.Start(
                database, "verify", "--json", "--resume", progress, "--rate", "8000");
            await Waiting.UntilAsync(async () => await ReadAsync(progress) != before, "it has come further");
            await killed.KillAsync();
            killed.Output.Should().BeNullOrWhiteSpace("it was half-way");
        }

        // What is damaged now stands before the place at which it goes on: only a run from the start finds it.
        await using var unguarded = orders.CreateUnguardedContext();
        await unguarded.IndexEntries.OrderBy(entry => entry.PartitionHash).Take(5).ExecuteDeleteAsync();
        var resumed = await ExtendDbProcess.RunAsync(database, "verify", "--json", "--resume", progress);
        var anew = await ExtendDbProcess.RunAsync(database, "verify", "--json", "--resume", progress);

        whole.Output.Should().Contain("\"missing\": 840").And.Contain("\"stale\": 400").And.Contain("\"orphaned\": 600");
        resumed.Should().Be(whole);
        anew.Output.Should().NotBe(whole.Output);
        File.Exists(progress).Should().BeFalse("it came to the end");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<string?> ReadAsync(string path) => File.Exists(path) ? await File.ReadAllTextAsync(path) : null;

    /// <summary>Puts items and their entries, of which some are missing, some differ, and some are of no item.</summary>
    private static async Task FillAndDamageAsync(Orders orders)
    {
        await orders.ExtendDb.CreateTableAsync(new(
            Table, [new("Id", KeyType.HASH)], [new("Id", AttributeType.S), new("Colour", AttributeType.S)])
        {
            GlobalSecondaryIndexes = [new("by-colour", [new("Colour", KeyType.HASH)], Projection.All)],
        });
        await orders.Context.Database.ExecuteSqlAsync(
            $$$"""
            INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
            SELECT t.id, encode(substring(sha256(convert_to(n::text, 'UTF8')), 1, 16), 'hex')::uuid, '',
                   jsonb_build_object('Id', jsonb_build_object('S', n::text), 'Colour', jsonb_build_object('S', 'red')),
                   length('Id') + length(n::text) + length('Colour') + length('red'), 1,
                   get_byte(sha256(convert_to(n::text, 'UTF8')), 0) >> 2
            FROM extenddb.tables AS t, generate_series(1, {{{Items}}}) AS n
            WHERE t.name = {{{Table}}}
            """);
        await orders.Context.Database.ExecuteSqlAsync(
            $$$"""
            INSERT INTO extenddb.index_entries (index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes, slot)
            SELECT x.id, i.partition_hash, CASE WHEN n.n % 40 = 3 THEN '\x00'::bytea ELSE i.sort_key END,
                   encode(substring(sha256('red'), 1, 16), 'hex')::uuid, '', i.document,
                   i.size_bytes + CASE WHEN n.n % 60 = 1 THEN 1 ELSE 0 END, i.slot
            FROM extenddb.items AS i
            JOIN extenddb.secondary_indexes AS x ON x.table_id = i.table_id
            CROSS JOIN LATERAL (SELECT (i.document -> 'Id' ->> 'S')::int AS n) AS n
            WHERE n.n % 100 <> 0
            """);
    }
}
