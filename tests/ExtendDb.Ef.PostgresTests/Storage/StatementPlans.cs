namespace ExtendDb.Ef.PostgresTests.Storage;

/// <summary>How each statement in Sql/ is to find its rows among the million of <see cref="FilledDatabases"/>.</summary>
/// <remarks>
/// A lookup costs four buffers, three of the index and one of the table; a page of ten rows some more. The numbers are a
/// little above what PostgreSQL 15 and 18 were seen to need.
/// </remarks>
internal static class StatementPlans
{
    private const string Batch = "gsi_batch.begin.sql";
    private const string Verify = "verify.begin.sql";
    private const string Items = "pk_items";
    private const string Entries = "pk_index_entries";
    private const string EntriesByKey = "ix_index_entries_query";
    private const string Queue = "pk_gsi_pending";
    private const string Quarantine = "pk_gsi_quarantine";
    private const string QuarantineByRetry = "ix_gsi_quarantine_retry_at";
    private const string Definitions = "pk_tables";
    private const string Numbering = "stream_numbering.begin.sql";
    private const string Shards = "pk_stream_shards";
    private const string Places = "pk_stream_consumer_shards";
    private const string SetAside = "pk_stream_set_aside";
    private const string Pending = "pk_stream_pending";
    private const string Records = "pk_stream_records";
    private const string IndexDefinitions = "pk_secondary_indexes";

    // The large partition of the table, and the place in its middle; that of the index; and a partition of one item.
    private const string Partition = "'80000000-0000-0000-0000-000000000000'::uuid";
    private const string Middle = "int4send(100001)";
    private const string IndexPartition = "'40000000-0000-0000-0000-000000000000'::uuid";
    private const string Small = "md5('75000')::uuid";
    private const string SlotOfSmall = "(get_byte(decode(md5('75000'), 'hex'), 0) >> 2)::smallint";

    private const string First = "'00000000-0000-0000-0000-000000000000'::uuid";
    private const string Last = "'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid";
    private const string Page = "10, 1048576";
    private static readonly string AboveAll = $"'\\x{new string('F', 2 * 1025)}'::bytea";

    // Half of the entries have this sort key in the index; the place is in their middle, or beyond them.
    private static readonly string AmongEquals = $"int4send(100000), {Partition}, {Middle}";
    private static readonly string AmongUnequals = $"int4send(150001), {Partition}, int4send(150001)";

    private const string ThreePartitions = $"ARRAY[{Partition}, {Partition}, {Partition}]";
    private const string ThreeSorts = "ARRAY[int4send(1), int4send(100001), int4send(200000)]";
    private const string ThreeAbsent = "ARRAY[int4send(-3), int4send(-2), int4send(-1)]";
    private const string ThreeItems = $"ARRAY[1, 1, 1], {ThreePartitions}, {ThreeSorts}";

    // Of their own: the writes that are rolled back leave dead rows behind.
    private const string ThreeWritten = $"ARRAY[1, 1, 1], {ThreePartitions}, ARRAY[int4send(3), int4send(100003), int4send(199997)]";
    private const string ThreeMarkers = "ARRAY[1, 2, 3], ARRAY[1, 1, 2], ARRAY['1 s', '1 s', '2 s']::interval[]";

    private const string Document = """'{"P":{"S":"p"}}'""";
    private const string WholeQueue = "array_fill(timestamptz '2000-01-01', ARRAY[64])";

    /// <summary>The statements for which there is nothing to plan, each with the reason.</summary>
    public static readonly IReadOnlyDictionary<string, string> Unplanned = new Dictionary<string, string>
    {
        ["catalog.load.sql"] = "reads all definitions",
        ["catalog_state.bump.sql"] = OneRow,
        ["catalog_state.longest_poll.sql"] = OneRow,
        ["catalog_state.raise_longest_poll.sql"] = OneRow,
        ["catalog_state.version.sql"] = OneRow,
        ["definition_change.begin.sql"] = Settings,
        ["gsi_batch.begin.sql"] = Settings,
        ["gsi_pending.count.sql"] = "counts the whole queue",
        ["gsi_pending.status.sql"] = "counts the whole queue",
        ["gsi_pending.traffic.sql"] = Server,
        ["gsi_quarantine.status.sql"] = "counts the whole quarantine",
        ["grants.missing.sql"] = Server,
        ["index_backfill.progress.sql"] = "reads all definitions",
        ["index_entries.of_index.sql"] = "is explained, and never run",
        ["items.lock_absent.sql"] = Server,
        ["items.of_table.sql"] = "is explained, and never run",
        ["lock_timeout.set.sql"] = Settings,
        ["migrations_history.last.sql"] = "reads a row for each migration",
        ["savepoint.release.sql"] = Settings,
        ["savepoint.set.sql"] = Settings,
        ["savepoint.undo.sql"] = Settings,
        ["stream_consumer.begin.sql"] = Settings,
        ["stream_consumer_shards.add_missing.sql"] = "reads all shards of a table's streams, which are few",
        ["stream_consumers.register.sql"] = "inserts a given row",
        ["stream_consumers.status.sql"] = "reads all consumers",
        ["stream_numbering.begin.sql"] = Settings,
        ["streams.add.sql"] = "inserts given rows",
        ["streams.changing.sql"] = AllStreams,
        ["streams.forget.sql"] = AllStreams,
        ["streams.status.sql"] = AllStreams,
        ["tables.claim_sweep.sql"] = "reads all definitions",
        ["removed_definitions.add.sql"] = "inserts given rows",
        ["removed_definitions.list.sql"] = "reads all removed definitions",
        ["transaction.id.sql"] = Server,
        ["transaction.status.sql"] = Server,
        ["vacuum_horizon.oldest.sql"] = Server,
        ["verify.begin.sql"] = Settings,
        ["writer_barrier.running_transactions.sql"] = Server,
    };

    /// <summary>
    /// The statements whose plan is another one while the statistics are those of emptied tables, until these are taken again.
    /// </summary>
    /// <remarks>
    /// Those that delete rows by given keys then begin with the table, which is expected to have one row, or look an entry up in
    /// the index of its key, which seems as cheap. The tables of streams and of
    /// consumers have few pages, which are then read as a whole.
    /// </remarks>
    public static readonly IReadOnlyList<string> Misled =
    [
        "gsi_quarantine.heal.sql", "index_entries.delete.sql", "index_entries.delete_orphan.sql", "index_entries.lock.sql",
        "index_entries.read.sql",
        "items.replace_with_entries.sql", "stream_consumer_shards.due.sql", "stream_consumer_shards.reset.sql",
        "stream_consumers.find.sql", "stream_consumers.remove.sql", "stream_set_aside.lock_due.sql", "stream_shards.state.sql",
        "streams.close.sql", "streams.disable.sql", "streams.enable.sql", "verify.entry.sql",
    ];

    private const string AllStreams = "reads all streams";
    private const string OneRow = "reads a table of one row";
    private const string Settings = "changes the transaction or its settings";
    private const string Server = "asks the server, not a table";

    public static readonly IReadOnlyList<StatementPlan> All =
    [
        new("items.delete.sql", "", $"1, {Partition}, {Middle}, 1, 1, 32::smallint, ARRAY[1, 2], ARRAY['1 s', '2 s']::interval[]", [Definitions, Items], 40),
        new("items.insert.sql", "", $"1, {Partition}, int4send(-1), 1, 1, 32::smallint, ARRAY[1, 2], ARRAY['1 s', '2 s']::interval[], {Document}, 10", [Definitions], 40),
        new("items.put.sql", "", $"1, {Partition}, {Middle}, 1, 1, 32::smallint, ARRAY[1, 2], ARRAY['1 s', '2 s']::interval[], {Document}, 10, '{{}}'", [Definitions], 60),
        new("items.remove.sql", "", $"1, {Partition}, {Middle}, '{{}}', 1, 32::smallint, ARRAY[1, 2], ARRAY['1 s', '2 s']::interval[]", [Definitions, Items], 40),
        new("items.put_many.sql", "", $"ARRAY[1], ARRAY[1]::bigint[], {ThreeWritten}, ARRAY[{Document}, {Document}, {Document}]::jsonb[], ARRAY[1, 1, 1], ARRAY['{{}}', '{{}}', '{{}}']::jsonb[], ARRAY[32, 32, 32]::smallint[], ARRAY[1, 1, 1]::bigint[], 1, {ThreeMarkers}, ARRAY[true, true, false]", [Definitions], 160),
        new("items.remove_many.sql", "", $"ARRAY[1], ARRAY[1]::bigint[], {ThreeWritten}, ARRAY['{{}}', '{{}}', '{{}}']::jsonb[], ARRAY[32, 32, 32]::smallint[], {ThreeMarkers}", [Definitions, Items], 100),
        new("items.replace_with_entries.sql", "", $"1, {Partition}, {Middle}, 1, 1, 32::smallint, ARRAY[1, 2], ARRAY['1 s', '2 s']::interval[], {Document}, 10, 1, ARRAY[2], ARRAY[{Partition}], ARRAY[{Middle}], ARRAY['{{}}']::jsonb[], ARRAY[1], ARRAY[1]", [Definitions, Items, Entries], 100),
        new("items.update.sql", "", $"1, {Partition}, {Middle}, 1, 1, 32::smallint, ARRAY[1, 2], ARRAY['1 s', '2 s']::interval[], {Document}, 10", [Definitions, Items], 60),
        new("catalog_state.probe.sql", "", "", [QuarantineByRetry], 6, Batch),

        new("gsi_pending.claim_first.sql", "", "32::smallint, now() - interval '30 minutes', now()", [Queue], 20, Batch),
        new("gsi_pending.claim.sql", "", $"ARRAY[0, 17, 32, 63]::smallint[], array_fill(now() - interval '30 minutes', ARRAY[4]), now(), 10, 67108864", [Queue, Items], 700, Batch),
        // Three inserts, each of which may meet full pages: earlier tests have filled them and rolled back.
        new("gsi_pending.enqueue.sql", "", $"1, 1, ARRAY[32, 32, 32]::smallint[], {ThreePartitions}, {ThreeSorts}, interval '1 second'", [], 40),
        new("gsi_pending.hasten.sql", "", "32::smallint, 1, interval '20 days'", [Queue], 80),
        new("gsi_pending.lag.sql", "", $"{WholeQueue}, 10", [Queue, "pk_gsi_slots"], 850, Batch),
        new("gsi_pending.next.sql", "", WholeQueue, [Queue], 300),

        new("gsi_quarantine.add.sql", "", $"1, {Partition}, int4send(2000), 1, '22P02', 'bad', 32::smallint", [], 25, Batch),
        new("gsi_quarantine.discard.sql", "", "ARRAY[2]", [Quarantine], 40),
        new("gsi_quarantine.heal.sql", "", $"ARRAY[1, 1, 1], {ThreePartitions}, ARRAY[int4send(10), int4send(2000), int4send(4000)], ARRAY[32]::smallint[]", [Quarantine], 20, Batch),
        new("gsi_quarantine.enqueue_due.sql", "", "10", [QuarantineByRetry], 200),
        new("gsi_quarantine.list.sql", "", "ARRAY[1, 2], 10", [Quarantine], 20),
        new("gsi_quarantine.make_due.sql", "", "ARRAY[2]", [Quarantine], 120),

        new("gsi_slots.lock_due.sql", "", $"{WholeQueue}, 8, null::bigint[]", [Queue], 320, Batch),
        new("gsi_slots.lock_due.sql", "in rotation", $"{WholeQueue}, 8, array_fill(7::bigint, ARRAY[64])", [Queue], 320, Batch),
        new("gsi_slots.lock_one.sql", "", "17::smallint", ["pk_gsi_slots"], 6, Batch),

        new("index_backfill.activate.sql", "", "901", [IndexDefinitions], 25),
        new("index_backfill.enqueue_chunk.sql", "", $"901, 1, {Partition}, {Middle}, 10", [IndexDefinitions, Items], 40),
        new("index_backfill.is_applied.sql", "", "901", [IndexDefinitions, Queue], 240),
        new("index_backfill.lock.sql", "", "901", [IndexDefinitions], 8),
        new("index_backfill.phase.sql", "", "901", [IndexDefinitions], 8),

        new("index_entries.delete.sql", "", $"ARRAY[1, 1, 1], {ThreePartitions}, {ThreeSorts}, ARRAY[32]::smallint[]", [Entries], 20, Batch),
        new("index_entries.delete_chunk.sql", "", $"1, 10, {Partition}, {Middle}", [Entries], 20, Batch),
        new("index_entries.delete_chunk.sql", "of an empty index", $"3, 10, {First}, ''", [Entries], 12, Batch),
        new("index_entries.delete_orphan.sql", "", $"1, 1, {Partition}, {Middle}, 32::smallint", [Entries, Items], 10),
        new("index_entries.lock.sql", "", $"1, {Partition}, {Middle}, 32::smallint", [Entries], 8),
        new("index_entries.read.sql", "", $"1, {Partition}, {Middle}, 32::smallint", [Entries], 8),
        new("index_entries.query_backward.sql", "", $"1, {IndexPartition}, '', {AmongUnequals}, {Page}", [EntriesByKey], 8),
        new("index_entries.query_backward.sql", "among equal sort keys", $"1, {IndexPartition}, '', {AmongEquals}, {Page}", [EntriesByKey], 8),
        new("index_entries.query_forward.sql", "", $"1, {IndexPartition}, {AmongUnequals}, {AboveAll}, {Page}", [EntriesByKey], 8),
        new("index_entries.query_forward.sql", "among equal sort keys", $"1, {IndexPartition}, {AmongEquals}, {AboveAll}, {Page}", [EntriesByKey], 8),
        new("index_entries.query_items_backward.sql", "", $"1, {IndexPartition}, '', {AmongUnequals}, 1, {Page}", [EntriesByKey, Items], 50),
        new("index_entries.query_items_backward.sql", "among equal sort keys", $"1, {IndexPartition}, '', {AmongEquals}, 1, {Page}", [EntriesByKey, Items], 50),
        new("index_entries.query_items_forward.sql", "", $"1, {IndexPartition}, {AmongUnequals}, {AboveAll}, 1, {Page}", [EntriesByKey, Items], 50),
        new("index_entries.query_items_forward.sql", "among equal sort keys", $"1, {IndexPartition}, {AmongEquals}, {AboveAll}, 1, {Page}", [EntriesByKey, Items], 50),
        new("index_entries.scan.sql", "", $"1, {IndexPartition}, {AmongEquals}, {Last}, {Page}", [EntriesByKey], 8),
        new("index_entries.scan.sql", "of a segment", $"2, {Partition}, '', {First}, '', {Last}, {Page}", [EntriesByKey], 18),
        new("index_entries.scan_items.sql", "", $"1, {IndexPartition}, {AmongEquals}, {Last}, 1, {Page}", [EntriesByKey, Items], 50),
        new("index_entries.size.sql", "", "1, 10", [Entries], 16),
        new("index_entries.upsert.sql", "", $"ARRAY[1, 1, 1], {ThreePartitions}, {ThreeSorts}, {ThreePartitions}, {ThreeSorts}, ARRAY['{{}}', '{{}}', '{{}}']::jsonb[], ARRAY[1, 1, 1], ARRAY[32, 32, 32]::smallint[]", [], 60, Batch),

        new("items.any.sql", "", $"ARRAY[1, 1, 1], {ThreePartitions}, {ThreeAbsent}, ARRAY[32]::smallint[]", [Items], 12),
        new("items.collection_size.sql", "", $"1, {Small}, ARRAY[1, 2], {SlotOfSmall}", [Items, Entries], 16),
        new("items.delete_chunk.sql", "", $"1, 10, {Partition}, {Middle}", [Items], 20, Batch),
        new("items.delete_chunk.sql", "of an empty table", $"3, 10, {First}, ''", [Items], 12, Batch),
        new("items.expired.sql", "", $"1, {Partition}, {Middle}, 10, 'E', 1, 2, ARRAY['A', 'B']", [Items], 8),
        new("items.find_locked.sql", "", $"{ThreeItems}, ARRAY[32]::smallint[]", [Items], 35),
        new("items.probe_absent.sql", "", $"1, {Partition}, int4send(-1), 32::smallint", [], 25),
        new("items.query_backward.sql", "", $"1, {Partition}, '', {Middle}, 32::smallint, {Page}", [Items], 8),
        new("items.query_forward.sql", "", $"1, {Partition}, {Middle}, {AboveAll}, 32::smallint, {Page}", [Items], 8),
        new("items.read.sql", "", $"1, {Partition}, {Middle}, 32::smallint", [Items], 6),
        new("items.read_defined.sql", "", $"1, {Partition}, {Middle}, 32::smallint", [Definitions, Items], 10),
        new("items.read_locked.sql", "", $"1, {Partition}, {Middle}, 32::smallint", [Items], 8),
        new("items.read_many.sql", "", $"{ThreeItems}, 16777216, ARRAY[32]::smallint[]", [Items], 15),
        new("items.read_many_locked.sql", "", $"{ThreeItems}, ARRAY[32]::smallint[]", [Items], 20),
        new("items.scan.sql", "", $"1, {Partition}, {Middle}, {Last}, {Page}", [Items], 8),
        new("items.scan.sql", "of a segment", $"2, {Partition}, '', {Last}, {Page}", [Items], 18),
        new("items.size.sql", "", "1, 10", [Items], 16),

        new("removed_definitions.forget_index.sql", "of an index without entries", "3", ["pk_removed_definitions", Entries, Quarantine], 20, Batch),
        new("removed_definitions.forget_table.sql", "of a table without items", "3", ["pk_removed_definitions", Items], 16, Batch),
        new("removed_definitions.forget_table.sql", "of a table with items", "1", ["pk_removed_definitions", Items], 16, Batch),

        new("secondary_indexes.delay_kept.sql", "", "901, now()", [IndexDefinitions], 8),

        new("items.write_recorded.sql", "", $"1, {Partition}, {Middle}, 1, 1, 32::smallint, ARRAY[1, 2], ARRAY['1 s', '2 s']::interval[], false, {Document}, 10, 1, '{{}}', 5, 1, 2::smallint, true, true, false", [Definitions, Items], 60),
        new("items.write_recorded.sql", "of an absent item", $"1, {Partition}, int4send(-1), null, 1, 32::smallint, ARRAY[1, 2], ARRAY['1 s', '2 s']::interval[], true, {Document}, 10, 1, '{{}}', 5, 1, 2::smallint, true, true, false", [Definitions, Items], 60),
        new("stream_consumers.find.sql", "", "'consumer100'", ["pk_stream_consumers"], 6),
        new("stream_consumers.remove.sql", "", "'consumer100'", ["pk_stream_consumers", Places, SetAside], 120),
        new("stream_consumer_shards.due.sql", "", "'consumer1'", [Places, Shards, "pk_streams", Records, Pending], 120),
        new("stream_consumer_shards.lock.sql", "", "'consumer100', 100, 2::smallint", [Places], 12),
        new("stream_consumer_shards.advance.sql", "", "'consumer100', 100, 2::smallint, 5", [Places], 20),
        new("stream_consumer_shards.fail.sql", "", "'consumer100', 100, 2::smallint, 0, 'bad', interval '1 second'", [Places], 20),
        new("stream_consumer_shards.reset.sql", "", "'consumer100', 'LATEST'", [Places, Shards], 120),
        new("stream_set_aside.add.sql", "", "'consumer1', 1, 2::smallint, 20001, 'bad', interval '1 second'", [Records], 30),
        new("stream_set_aside.any_due.sql", "", "'consumer100'", [SetAside], 40),
        new("stream_set_aside.fail.sql", "", "'consumer100', 100, 0::smallint, 5, 'bad', interval '1 second'", [SetAside], 20),
        new("stream_set_aside.lock_due.sql", "", "'consumer100'", [SetAside, "pk_streams"], 80),
        new("stream_set_aside.remove.sql", "", "'consumer100', 100, 0::smallint, 5", [SetAside], 12),
        new("stream_pending.append.sql", "", $"ARRAY[1, 1, 1], ARRAY[1, 1, 1], ARRAY[0, 1, 2]::smallint[], ARRAY['INSERT', 'MODIFY', 'REMOVE'], ARRAY[1, 1, 1], ARRAY['{{}}', '{{}}', '{{}}']::jsonb[], ARRAY['{{}}', '{{}}', '{{}}']::jsonb[], ARRAY['{{}}', '{{}}', '{{}}']::jsonb[], false", [Definitions], 40),
        new("stream_pending.delete_undue.sql", "", "1, 2::smallint, 10", [Shards, Pending], 40),
        new("stream_records.number.sql", "", "ARRAY[1, 1, 2], ARRAY[0, 2, 1]::smallint[], 10", [Shards, Pending], 200, Numbering),
        new("stream_records.read.sql", "", $"1, 2::smallint, 20000, {Page}", [Records], 8),
        new("stream_records.read.sql", "at the end", $"1, 2::smallint, 30000, {Page}", [Records], 8),
        new("stream_records.trim.sql", "", "1, 2::smallint, now() - interval '24 hours', 10", [Shards, Records], 80, Numbering),
        new("stream_shards.lock_due.sql", "", "16", [Pending], 8_000, Numbering),
        new("stream_shards.lock_one.sql", "", "1, 2::smallint", [Shards], 8, Numbering),
        new("stream_shards.state.sql", "", "1, 2::smallint", ["pk_streams", Shards, Pending], 20),
        new("streams.close.sql", "", "1, now()", ["pk_streams"], 25),
        new("streams.disable.sql", "", "3", ["pk_streams", Shards, Pending], 60),
        new("streams.enable.sql", "", "2", ["pk_streams", Definitions, Shards], 60),

        new("tables.mark_swept.sql", "", "900, interval '1 day', 'E'", [Definitions], 25),
        new("tables.versions.sql", "", "ARRAY[1, 2, 900]", [Definitions], 14),

        new("transaction_tokens.claim.sql", "", "'token-5000', '\\x00'", [], 20),
        new("transaction_tokens.forget.sql", "", "", ["ix_transaction_tokens_created_at", "pk_transaction_tokens"], 40),
        new("transaction_tokens.read.sql", "", "'token-5000'", ["pk_transaction_tokens"], 8),

        new("verify.compare.sql", "", $"1, 1, {Partition}, {Middle}, {Partition}, int4send(100101), 100", [Items, Entries], 20, Verify),
        new("verify.entry.sql", "", $"1, 1, {Partition}, {Middle}, 32::smallint", [Items, Entries], 12, Verify),
        new("verify.excused.sql", "", $"1, 1, ARRAY[32]::smallint[], ARRAY[{Partition}], ARRAY[{Middle}]", [Queue, Quarantine], 8_000, Verify),
        new("verify.range_end.sql", "", $"1, 1, {Partition}, {Middle}, 100", [IndexDefinitions, Items, Entries], 25, Verify),
    ];
}
