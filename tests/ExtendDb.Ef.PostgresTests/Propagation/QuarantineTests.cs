using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

public class QuarantineTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Only_the_entries_that_are_refused_are_set_aside_with_their_error()
    {
        await using var host = await HostAsync();
        await RefuseAsync(host, "NEW.document #>> '{Seq,N}' = '13'");
        await PutInOneTransactionAsync(host, [.. Enumerable.Range(0, 100).Select(i => ($"item-{i}", i % 50))]);

        await using var worker = await PropagationHost.StartAsync(host.ConnectionString);
        await Oracle.DrainedAsync(host);

        var quarantined = await QuarantinedAsync(host);
        quarantined.Select(q => (q.PartitionHash, q.SqlState, q.Message, q.Attempts)).Should().BeEquivalentTo(
            new[] { "item-13", "item-63" }.Select(id => (Tables.KeyOf(id).PartitionHash, "23514", "no such entry", 1)));
    }

    [Fact]
    public async Task Everything_else_in_the_batch_is_applied()
    {
        await using var host = await HostAsync();
        await RefuseAsync(host, "NEW.document #>> '{Seq,N}' = '13'");
        await PutInOneTransactionAsync(host, [.. Enumerable.Range(0, 100).Select(i => ($"item-{i}", i % 50))]);

        await using var worker = await PropagationHost.StartAsync(host.ConnectionString);
        await Oracle.DrainedAsync(host);

        (await Oracle.VerifyAsync(host)).Select(v => (v.Index, v.Entries, v.Waiting, v.Divergent)).Should().BeEquivalentTo(
            [("ByGroup0", 98L, 2L, 0L), ("ByGroup1", 100L, 0L, 0L)]);
    }

    [Fact]
    public async Task Another_failing_change_counts_up()
    {
        await using var host = await HostAsync();
        await RefuseAsync(host, "true");
        await using var worker = await PropagationHost.StartAsync(host.ConnectionString);
        await PutAndDrainAsync(host, "one", 1);
        await PutAndDrainAsync(host, "one", 2);

        await PutAndDrainAsync(host, "one", 3);

        var quarantined = (await QuarantinedAsync(host)).Should().ContainSingle().Subject;
        quarantined.Attempts.Should().Be(3);
        quarantined.LastFailedAt.Should().BeAfter(quarantined.FirstFailedAt);
    }

    [Fact]
    public async Task Later_good_change_heals_it()
    {
        await using var host = await HostAsync();
        await RefuseAsync(host, "NEW.document #>> '{Seq,N}' = '13'");
        await using var worker = await PropagationHost.StartAsync(host.ConnectionString);
        await PutAndDrainAsync(host, "one", 13);
        (await QuarantinedAsync(host)).Should().ContainSingle();

        await PutAndDrainAsync(host, "one", 14);

        (await QuarantinedAsync(host)).Should().BeEmpty();
        await Oracle.ExactAsync(host, "after the good change");
    }

    [Fact]
    public async Task Deletion_of_the_item_heals_it()
    {
        await using var host = await HostAsync();
        await RefuseAsync(host, "true");
        await using var worker = await PropagationHost.StartAsync(host.ConnectionString);
        await PutAndDrainAsync(host, "one", 1);

        await host.DeleteAsync("Refusing", "one");
        await Oracle.DrainedAndExactAsync(host);

        (await QuarantinedAsync(host)).Should().BeEmpty();
    }

    [Fact]
    public async Task Write_without_delay_succeeds_and_sets_its_refused_entry_aside()
    {
        await using var host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Refusing", Tables.NoDelay, Tables.NoDelay);
        await RefuseAsync(host, "true");

        await host.PutAsync("Refusing", Tables.Item("one", 1));

        (await QuarantinedAsync(host)).Should().ContainSingle();
        (await host.QueryAsync("Refusing", "ByGroup1", "Group", "all")).Should().ContainSingle();
    }

    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    [InlineData("55P03")]
    [InlineData("53200")]
    public async Task Error_that_passes_is_retried_and_not_set_aside(string sqlState)
    {
        await using var host = await HostAsync();
        await Oracle.ScalarAsync(host, "CREATE SEQUENCE tries");
        await RefuseAsync(host, "nextval('tries') <= 3", sqlState);
        await Oracle.ScalarAsync(host, """
            CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'set aside'; END $$;
            CREATE TRIGGER never BEFORE INSERT ON extenddb.gsi_quarantine FOR EACH ROW EXECUTE FUNCTION never();
            """);

        await using var worker = await PropagationHost.StartAsync(host.ConnectionString);
        await host.PutAsync("Refusing", Tables.Item("one", 1));

        await Oracle.DrainedAndExactAsync(host);
        (await Oracle.ScalarAsync(host, "SELECT last_value FROM tries")).Should().Be(4L);
    }

    [Fact]
    public async Task Lock_time_out_is_retried_and_not_set_aside()
    {
        await using var host = await HostAsync();
        await host.PutAsync("Refusing", Tables.Item("one", 1));
        await Oracle.ApplyAllAndExactAsync(host);
        await using var blocker = await host.Database.Connections.OpenAsync(CancellationToken.None);
        await using var blocking = await blocker.BeginTransactionAsync();
        await Sql.ScalarAsync(blocker, "SELECT 1 FROM extenddb.index_entries FOR UPDATE");
        var impatient = new NpgsqlConnectionStringBuilder(host.ConnectionString) { Options = "-c lock_timeout=200ms" };
        await using var worker = await PropagationHost.StartAsync(impatient.ConnectionString);

        await host.PutAsync("Refusing", Tables.Item("one", 2));
        var first = await Oracle.WaitingForLockAsync(worker, host);
        await Waiting.UntilAsync(
            async () => await Oracle.ScalarAsync(
                host,
                "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'", first) is null,
            "the lock times out");
        await blocking.RollbackAsync();

        await Oracle.DrainedAndExactAsync(host);
        (await QuarantinedAsync(host)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"Id":{"S":"bad"},"Group":{"N":"x"}}""")]
    [InlineData("""{"Id":{"S":"bad"},"Group":{"S":5}}""")]
    [InlineData("""{"Id":{"S":"bad"},"Group":{"B":"%%"}}""")]
    [InlineData("""{"Id":{"S":"bad"},"Group":{"SS":[]}}""")]
    [InlineData("""{"Id":{"S":"bad"},"Group":{"BS":["AA==","AA=="]}}""")]
    [InlineData("""{"Id":{"S":"bad"},"Group":{"NS":["1","1.0"]}}""")]
    [InlineData("""{"Id":{"S":"bad"},"Group":{"N":"1e999999999999"}}""")]
    [InlineData("""{"Id":{"S":"bad"},"Group":{}}""")]
    [InlineData("""{"Id":{"S":"bad"},"Group":{"Z":"z"}}""")]
    [InlineData("""{"Id":{"S":"bad"},"Group":"plain"}""")]
    [InlineData("""[1]""")]
    [InlineData("""null""")]
    [InlineData("""5""")]
    public async Task Item_that_cannot_be_read_is_set_aside_and_stalls_nobody(string document)
    {
        await using var host = await HostAsync();
        var bad = Tables.KeyOf("bad").PartitionHash;
        var sameSlot = Tables.Ids(Tables.SlotOf("bad"), same: true).First();
        await host.PutAsync("Refusing", Tables.Item("bad", 1));
        await host.PutAsync("Refusing", Tables.Item(sameSlot, 2));
        await Oracle.ScalarAsync(
            host, "UPDATE extenddb.items SET document = $1::jsonb WHERE partition_hash = $2", document, bad);

        await using var worker = await PropagationHost.StartAsync(host.ConnectionString);
        await Oracle.DrainedAsync(host);

        (await QuarantinedAsync(host)).Should().HaveCount(2).And.OnlyContain(q => q.PartitionHash == bad && q.SqlState == "XX000");
        (await host.QueryAsync("Refusing", "ByGroup0", "Group", "all")).Should().ContainSingle(i => i.Id() == sameSlot);
    }

    [Fact]
    public async Task Item_of_200_levels_is_set_aside_and_stalls_nobody()
    {
        await using var host = await HostAsync();
        await host.PutAsync("Refusing", Tables.Item("bad", 1));
        var deep = string.Concat(Enumerable.Repeat("""{"L":[""", 200)) + string.Concat(Enumerable.Repeat("]}", 200));
        await Oracle.ScalarAsync(host, "UPDATE extenddb.items SET document = jsonb_build_object('Id', $1::jsonb)", deep);

        await using var worker = await PropagationHost.StartAsync(host.ConnectionString);
        await Oracle.DrainedAsync(host);

        (await QuarantinedAsync(host)).Should().HaveCount(2);
    }

    /// <summary>Starts a process without worker, with a table of two indexes.</summary>
    private async Task<PropagationHost> HostAsync()
    {
        var host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Refusing", Tables.Short, Tables.Short);
        return host;
    }

    /// <summary>Makes the database refuse some entries of the index ByGroup0.</summary>
    private static async Task RefuseAsync(PropagationHost host, string condition, string sqlState = "23514")
    {
        var table = await host.Db.GetTableDefinitionAsync("Refusing");
        var index = table.ActiveIndex("ByGroup0").Id;
        await Oracle.ScalarAsync(host, $"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NEW.index_id = {index} AND ({condition}) THEN
                    RAISE EXCEPTION 'no such entry' USING ERRCODE = '{sqlState}';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON extenddb.index_entries
                FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
    }

    private static async Task PutInOneTransactionAsync(PropagationHost host, (string Id, int Seq)[] items)
    {
        var table = await host.Db.GetTableDefinitionAsync("Refusing");
        await using var context = host.CreateContext();
        context.AddRange(items.Select(item => Item.Create(table, Tables.Item(item.Id, item.Seq))));
        await context.SaveChangesAsync();
    }

    private static async Task PutAndDrainAsync(PropagationHost host, string id, int seq)
    {
        await host.PutAsync("Refusing", Tables.Item(id, seq));
        await Oracle.DrainedAsync(host);
    }

    private static async Task<List<GsiQuarantine>> QuarantinedAsync(PropagationHost host)
    {
        await using var context = host.CreateContext();
        return await context.GsiQuarantine.ToListAsync();
    }
}
