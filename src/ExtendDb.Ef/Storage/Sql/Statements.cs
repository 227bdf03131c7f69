namespace ExtendDb.Ef.Storage.Sql;

/// <summary>The SQL statements, each read once from its embedded file.</summary>
internal static class Statements
{
    public static readonly string MigrationsHistoryLast = Read("migrations_history.last.sql");
    public static readonly string GrantsMissing = Read("grants.missing.sql");
    public static readonly string CatalogLoad = Read("catalog.load.sql");
    public static readonly string ItemsInsert = Read("items.insert.sql");
    public static readonly string ItemsUpdate = Read("items.update.sql");
    public static readonly string ItemsDelete = Read("items.delete.sql");
    public static readonly string ItemsPut = Read("items.put.sql");
    public static readonly string ItemsRemove = Read("items.remove.sql");
    public static readonly string ItemsReplaceWithEntries = Read("items.replace_with_entries.sql");
    public static readonly string ItemsPutMany = Read("items.put_many.sql");
    public static readonly string ItemsRemoveMany = Read("items.remove_many.sql");
    public static readonly string CatalogStateVersion = Read("catalog_state.version.sql");
    public static readonly string CatalogStateBump = Read("catalog_state.bump.sql");
    public static readonly string CatalogStateLongestPoll = Read("catalog_state.longest_poll.sql");
    public static readonly string DefinitionChangeBegin = Read("definition_change.begin.sql");
    public static readonly string CatalogStateProbe = Read("catalog_state.probe.sql");
    public static readonly string ItemsRead = Read("items.read.sql");
    public static readonly string ItemsReadDefined = Read("items.read_defined.sql");
    public static readonly string ItemsReadLocked = Read("items.read_locked.sql");
    public static readonly string ItemsReadMany = Read("items.read_many.sql");
    public static readonly string ItemsReadManyLocked = Read("items.read_many_locked.sql");
    public static readonly string ItemsLockAbsent = Read("items.lock_absent.sql");
    public static readonly string ItemsAny = Read("items.any.sql");
    public static readonly string ItemsProbeAbsent = Read("items.probe_absent.sql");
    public static readonly string ItemsFindLocked = Read("items.find_locked.sql");
    public static readonly string ItemsCollectionSize = Read("items.collection_size.sql");
    public static readonly string ItemsQueryForward = Read("items.query_forward.sql");
    public static readonly string ItemsQueryBackward = Read("items.query_backward.sql");
    public static readonly string ItemsScan = Read("items.scan.sql");
    public static readonly string IndexEntriesQueryForward = Read("index_entries.query_forward.sql");
    public static readonly string IndexEntriesQueryBackward = Read("index_entries.query_backward.sql");
    public static readonly string IndexEntriesQueryItemsForward = Read("index_entries.query_items_forward.sql");
    public static readonly string IndexEntriesQueryItemsBackward = Read("index_entries.query_items_backward.sql");
    public static readonly string IndexEntriesScan = Read("index_entries.scan.sql");
    public static readonly string IndexEntriesScanItems = Read("index_entries.scan_items.sql");
    public static readonly string BatchBegin = Read("gsi_batch.begin.sql");
    public static readonly string GsiSlotsLockDue = Read("gsi_slots.lock_due.sql");
    public static readonly string GsiSlotsLockOne = Read("gsi_slots.lock_one.sql");
    public static readonly string GsiPendingClaim = Read("gsi_pending.claim.sql");
    public static readonly string GsiPendingNext = Read("gsi_pending.next.sql");
    public static readonly string IndexEntriesUpsert = Read("index_entries.upsert.sql");
    public static readonly string IndexEntriesDelete = Read("index_entries.delete.sql");
    public static readonly string GsiQuarantineAdd = Read("gsi_quarantine.add.sql");
    public static readonly string GsiQuarantineHeal = Read("gsi_quarantine.heal.sql");

    public static readonly string TransactionTokensClaim = Read("transaction_tokens.claim.sql");
    public static readonly string TransactionTokensRead = Read("transaction_tokens.read.sql");
    public static readonly string TransactionTokensForget = Read("transaction_tokens.forget.sql");
    public static readonly string TransactionId = Read("transaction.id.sql");
    public static readonly string TransactionStatus = Read("transaction.status.sql");
    public static readonly string LockTimeoutSet = Read("lock_timeout.set.sql");
    public static readonly string SavepointSet = Read("savepoint.set.sql");
    public static readonly string SavepointUndo = Read("savepoint.undo.sql");
    public static readonly string SavepointRelease = Read("savepoint.release.sql");

    public static readonly string CatalogStateRaiseLongestPoll = Read("catalog_state.raise_longest_poll.sql");
    public static readonly string ItemsSize = Read("items.size.sql");
    public static readonly string ItemsOfTable = Read("items.of_table.sql");
    public static readonly string IndexEntriesSize = Read("index_entries.size.sql");
    public static readonly string IndexEntriesOfIndex = Read("index_entries.of_index.sql");
    public static readonly string TablesClaimSweep = Read("tables.claim_sweep.sql");
    public static readonly string TablesMarkSwept = Read("tables.mark_swept.sql");
    public static readonly string ItemsExpired = Read("items.expired.sql");

    public static readonly string ItemsDeleteChunk = Read("items.delete_chunk.sql");
    public static readonly string IndexEntriesDeleteChunk = Read("index_entries.delete_chunk.sql");
    public static readonly string RemovedDefinitionsAdd = Read("removed_definitions.add.sql");
    public static readonly string RemovedDefinitionsList = Read("removed_definitions.list.sql");
    public static readonly string RemovedDefinitionsForgetTable = Read("removed_definitions.forget_table.sql");
    public static readonly string RemovedDefinitionsForgetIndex = Read("removed_definitions.forget_index.sql");
    public static readonly string TablesVersions = Read("tables.versions.sql");
    public static readonly string VacuumHorizonOldest = Read("vacuum_horizon.oldest.sql");
    public static readonly string IndexBackfillProgress = Read("index_backfill.progress.sql");
    public static readonly string IndexBackfillPhase = Read("index_backfill.phase.sql");
    public static readonly string WriterBarrierRunningTransactions = Read("writer_barrier.running_transactions.sql");
    public static readonly string IndexBackfillLock = Read("index_backfill.lock.sql");
    public static readonly string IndexBackfillEnqueueChunk = Read("index_backfill.enqueue_chunk.sql");
    public static readonly string IndexBackfillIsApplied = Read("index_backfill.is_applied.sql");
    public static readonly string IndexBackfillActivate = Read("index_backfill.activate.sql");

    public static readonly string GsiPendingStatus = Read("gsi_pending.status.sql");
    public static readonly string GsiPendingCount = Read("gsi_pending.count.sql");
    public static readonly string GsiPendingLag = Read("gsi_pending.lag.sql");
    public static readonly string GsiQuarantineStatus = Read("gsi_quarantine.status.sql");
    public static readonly string VerifyBegin = Read("verify.begin.sql");
    public static readonly string VerifyRangeEnd = Read("verify.range_end.sql");
    public static readonly string VerifyCompare = Read("verify.compare.sql");
    public static readonly string VerifyExcused = Read("verify.excused.sql");
    public static readonly string VerifyEntry = Read("verify.entry.sql");
    public static readonly string GsiPendingTraffic = Read("gsi_pending.traffic.sql");
    public static readonly string GsiPendingHasten = Read("gsi_pending.hasten.sql");
    public static readonly string SecondaryIndexesDelayKept = Read("secondary_indexes.delay_kept.sql");
    public static readonly string GsiPendingEnqueue = Read("gsi_pending.enqueue.sql");
    public static readonly string GsiPendingClaimFirst = Read("gsi_pending.claim_first.sql");
    public static readonly string GsiQuarantineMakeDue = Read("gsi_quarantine.make_due.sql");
    public static readonly string GsiQuarantineEnqueueDue = Read("gsi_quarantine.enqueue_due.sql");
    public static readonly string GsiQuarantineDiscard = Read("gsi_quarantine.discard.sql");
    public static readonly string GsiQuarantineList = Read("gsi_quarantine.list.sql");
    public static readonly string IndexEntriesRead = Read("index_entries.read.sql");
    public static readonly string IndexEntriesLock = Read("index_entries.lock.sql");
    public static readonly string IndexEntriesDeleteOrphan = Read("index_entries.delete_orphan.sql");

    public static readonly string ItemsWriteRecorded = Read("items.write_recorded.sql");
    public static readonly string StreamPendingAppend = Read("stream_pending.append.sql");
    public static readonly string StreamPendingDeleteUndue = Read("stream_pending.delete_undue.sql");
    public static readonly string StreamNumberingBegin = Read("stream_numbering.begin.sql");
    public static readonly string StreamShardsLockDue = Read("stream_shards.lock_due.sql");
    public static readonly string StreamShardsState = Read("stream_shards.state.sql");
    public static readonly string StreamShardsLockOne = Read("stream_shards.lock_one.sql");
    public static readonly string StreamRecordsNumber = Read("stream_records.number.sql");
    public static readonly string StreamRecordsRead = Read("stream_records.read.sql");
    public static readonly string StreamRecordsTrim = Read("stream_records.trim.sql");
    public static readonly string StreamsAdd = Read("streams.add.sql");
    public static readonly string StreamsClose = Read("streams.close.sql");
    public static readonly string StreamsChanging = Read("streams.changing.sql");
    public static readonly string StreamsEnable = Read("streams.enable.sql");
    public static readonly string StreamsDisable = Read("streams.disable.sql");
    public static readonly string StreamsForget = Read("streams.forget.sql");
    public static readonly string StreamsStatus = Read("streams.status.sql");

    public static readonly string StreamConsumerBegin = Read("stream_consumer.begin.sql");
    public static readonly string StreamConsumerShardsAddMissing = Read("stream_consumer_shards.add_missing.sql");
    public static readonly string StreamConsumerShardsAdvance = Read("stream_consumer_shards.advance.sql");
    public static readonly string StreamConsumerShardsDue = Read("stream_consumer_shards.due.sql");
    public static readonly string StreamConsumerShardsFail = Read("stream_consumer_shards.fail.sql");
    public static readonly string StreamConsumerShardsLock = Read("stream_consumer_shards.lock.sql");
    public static readonly string StreamConsumerShardsReset = Read("stream_consumer_shards.reset.sql");
    public static readonly string StreamConsumersFind = Read("stream_consumers.find.sql");
    public static readonly string StreamConsumersRegister = Read("stream_consumers.register.sql");
    public static readonly string StreamConsumersRemove = Read("stream_consumers.remove.sql");
    public static readonly string StreamConsumersStatus = Read("stream_consumers.status.sql");
    public static readonly string StreamSetAsideAdd = Read("stream_set_aside.add.sql");
    public static readonly string StreamSetAsideAnyDue = Read("stream_set_aside.any_due.sql");
    public static readonly string StreamSetAsideFail = Read("stream_set_aside.fail.sql");
    public static readonly string StreamSetAsideLockDue = Read("stream_set_aside.lock_due.sql");
    public static readonly string StreamSetAsideRemove = Read("stream_set_aside.remove.sql");

    private static string Read(string file)
    {
        using var stream = typeof(Statements).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"Sql/{file} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
