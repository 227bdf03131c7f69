using ExtendDb.Ef.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Storage.Configurations;

/// <summary>Maps the tables that have no entity, because only the statements of the library use them.</summary>
/// <remarks>
/// The migrations need them in the model. They are property bags, because the compiled model of a user's project could
/// not name an internal class.
/// </remarks>
internal static class TablesWithoutEntities
{
    public static void Apply(ModelBuilder modelBuilder) => modelBuilder
        .SharedTypeEntity<Dictionary<string, object>>("GsiSlot", ConfigureSlots)
        .SharedTypeEntity<Dictionary<string, object>>("CatalogState", ConfigureCatalogState)
        .SharedTypeEntity<Dictionary<string, object>>("TransactionToken", ConfigureTransactionTokens)
        .SharedTypeEntity<Dictionary<string, object>>("RemovedDefinition", ConfigureRemovedDefinitions)
        .SharedTypeEntity<Dictionary<string, object>>("Stream", ConfigureStreams)
        .SharedTypeEntity<Dictionary<string, object>>("StreamShard", ConfigureStreamShards)
        .SharedTypeEntity<Dictionary<string, object>>("StreamPending", ConfigureStreamPending)
        .SharedTypeEntity<Dictionary<string, object>>("StreamRecord", ConfigureStreamRecords)
        .SharedTypeEntity<Dictionary<string, object>>("StreamConsumer", ConfigureStreamConsumers)
        .SharedTypeEntity<Dictionary<string, object>>("StreamConsumerShard", ConfigureStreamConsumerShards)
        .SharedTypeEntity<Dictionary<string, object>>("StreamSetAside", ConfigureStreamSetAside);

    /// <summary>Maps <c>gsi_slots</c>: the holder of a row's lock applies the markers of that slot.</summary>
    private static void ConfigureSlots(EntityTypeBuilder<Dictionary<string, object>> builder)
    {
        builder.ToTable("gsi_slots", ExtendDbModel.Schema);
        builder.IndexerProperty<short>("Slot").HasColumnName("slot").ValueGeneratedNever();
        builder.HasKey("Slot").HasName("pk_gsi_slots");
        builder.HasData(Enumerable.Range(0, ItemSlot.Count).Select(n => new { Slot = (short)n }));
    }

    /// <summary>Maps <c>catalog_state</c>, whose only row holds the version of the definitions.</summary>
    private static void ConfigureCatalogState(EntityTypeBuilder<Dictionary<string, object>> builder)
    {
        builder.ToTable("catalog_state", ExtendDbModel.Schema, table =>
            table.HasCheckConstraint("ck_catalog_state_only_row", "only_row"));
        builder.IndexerProperty<bool>("OnlyRow").HasColumnName("only_row").ValueGeneratedNever();
        builder.IndexerProperty<long>("Version").HasColumnName("version");

        // The longest CatalogPollInterval of any process that uses the database: a process may miss a change for that
        // long.
        builder.IndexerProperty<int>("LongestPollMs").HasColumnName("longest_poll_ms");
        builder.HasKey("OnlyRow").HasName("pk_catalog_state");
        builder.HasData(new { OnlyRow = true, Version = 1L, LongestPollMs = 1_000 });
    }

    /// <summary>Maps <c>transaction_tokens</c>: the ClientRequestTokens of the last ten minutes.</summary>
    private static void ConfigureTransactionTokens(EntityTypeBuilder<Dictionary<string, object>> builder)
    {
        builder.ToTable("transaction_tokens", ExtendDbModel.Schema);
        builder.IndexerProperty<string>("Token").HasColumnName("token").UseCollation("C");
        builder.IndexerProperty<byte[]>("RequestHash").HasColumnName("request_hash").IsRequired();
        builder.IndexerProperty<DateTimeOffset>("CreatedAt").HasColumnName("created_at");
        builder.HasKey("Token").HasName("pk_transaction_tokens");
        builder.HasIndex("CreatedAt").HasDatabaseName("ix_transaction_tokens_created_at");
    }

    /// <summary>
    /// Maps <c>removed_definitions</c>: the tables and indexes whose definitions are gone and whose rows are not.
    /// </summary>
    private static void ConfigureRemovedDefinitions(EntityTypeBuilder<Dictionary<string, object>> builder)
    {
        builder.ToTable("removed_definitions", ExtendDbModel.Schema);
        builder.IndexerProperty<string>("Kind").HasColumnName("kind");
        builder.IndexerProperty<int>("Id").HasColumnName("id").ValueGeneratedNever();
        builder.IndexerProperty<string>("Name").HasColumnName("name").IsRequired();
        builder.IndexerProperty<DateTimeOffset>("RemovedAt").HasColumnName("removed_at").HasDefaultValueSql("clock_timestamp()");
        builder.HasKey("Kind", "Id").HasName("pk_removed_definitions");
    }

    /// <summary>Maps <c>streams</c>, which outlive their tables until their last record is trimmed.</summary>
    private static void ConfigureStreams(EntityTypeBuilder<Dictionary<string, object>> builder)
    {
        builder.ToTable("streams", ExtendDbModel.Schema);
        builder.IndexerProperty<int>("Id").HasColumnName("id").UseIdentityAlwaysColumn();
        builder.IndexerProperty<int>("TableId").HasColumnName("table_id");
        builder.IndexerProperty<string>("TableName").HasColumnName("table_name").UseCollation("C").IsRequired();
        builder.IndexerProperty<string>("Label").HasColumnName("label").UseCollation("C").IsRequired();
        builder.IndexerProperty<string>("ViewType").HasColumnName("view_type").IsRequired();
        builder.IndexerProperty<string>("Status").HasColumnName("status").IsRequired();
        builder.IndexerProperty<string>("KeySchema").HasColumnName("key_schema").HasColumnType("jsonb").IsRequired();
        builder.IndexerProperty<DateTimeOffset>("CreatedAt").HasColumnName("created_at");

        // Null until the stream is DISABLED.
        builder.IndexerProperty<DateTimeOffset?>("DisabledAt").HasColumnName("disabled_at");
        builder.HasKey("Id").HasName("pk_streams");
        builder.HasIndex("TableName", "Label").IsUnique().HasDatabaseName("ix_streams_label");
    }

    /// <summary>
    /// Maps <c>stream_shards</c>: the holder of a row's lock gives the records of that shard their numbers, and trims them.
    /// </summary>
    private static void ConfigureStreamShards(EntityTypeBuilder<Dictionary<string, object>> builder)
    {
        builder.ToTable("stream_shards", ExtendDbModel.Schema);
        builder.IndexerProperty<int>("StreamId").HasColumnName("stream_id");
        builder.IndexerProperty<short>("Shard").HasColumnName("shard");

        // The last number that was given, and the last one whose record is gone.
        builder.IndexerProperty<long>("LastNumber").HasColumnName("last_number");
        builder.IndexerProperty<long>("TrimmedNumber").HasColumnName("trimmed_number");

        // The size of the records between the two.
        builder.IndexerProperty<long>("SizeBytes").HasColumnName("size_bytes");

        // No record with an id up to this one will need a number any more.
        builder.IndexerProperty<long>("DoneId").HasColumnName("done_id");

        // An id up to which all have been drawn; and a transaction that began later than all that drew them.
        builder.IndexerProperty<long?>("NotedId").HasColumnName("noted_id");
        builder.IndexerProperty<long?>("NotedTransaction").HasColumnName("noted_transaction");
        builder.HasKey("StreamId", "Shard").HasName("pk_stream_shards");
    }

    /// <summary>Maps <c>stream_pending</c>: the records that have no number yet.</summary>
    private static void ConfigureStreamPending(EntityTypeBuilder<Dictionary<string, object>> builder)
    {
        builder.ToTable("stream_pending", ExtendDbModel.Schema);
        builder.IndexerProperty<int>("StreamId").HasColumnName("stream_id");
        builder.IndexerProperty<short>("Shard").HasColumnName("shard");
        builder.IndexerProperty<long>("Id").HasColumnName("id").UseIdentityAlwaysColumn();
        ConfigureRecord(builder);
        builder.HasKey("StreamId", "Shard", "Id").HasName("pk_stream_pending");
    }

    /// <summary>Maps <c>stream_records</c>: the records in the order in which they are read.</summary>
    private static void ConfigureStreamRecords(EntityTypeBuilder<Dictionary<string, object>> builder)
    {
        builder.ToTable("stream_records", ExtendDbModel.Schema);
        builder.IndexerProperty<int>("StreamId").HasColumnName("stream_id");
        builder.IndexerProperty<short>("Shard").HasColumnName("shard");
        builder.IndexerProperty<long>("Number").HasColumnName("number").ValueGeneratedNever();
        ConfigureRecord(builder);
        builder.HasKey("StreamId", "Shard", "Number").HasName("pk_stream_records");
    }

    /// <summary>Maps <c>stream_consumers</c>: the consumers that have ever run.</summary>
    private static void ConfigureStreamConsumers(EntityTypeBuilder<Dictionary<string, object>> builder)
    {
        builder.ToTable("stream_consumers", ExtendDbModel.Schema);
        builder.IndexerProperty<string>("Name").HasColumnName("name").UseCollation("C");
        builder.IndexerProperty<string>("TableName").HasColumnName("table_name").UseCollation("C").IsRequired();

        // What must be equal in all processes that run the consumer.
        builder.IndexerProperty<string>("Settings").HasColumnName("settings").IsRequired();
        builder.IndexerProperty<DateTimeOffset>("CreatedAt").HasColumnName("created_at");
        builder.HasKey("Name").HasName("pk_stream_consumers");
    }

    /// <summary>
    /// Maps <c>stream_consumer_shards</c>: the place of a consumer in a shard; the holder of a row's lock handles its records.
    /// </summary>
    private static void ConfigureStreamConsumerShards(EntityTypeBuilder<Dictionary<string, object>> builder)
    {
        builder.ToTable("stream_consumer_shards", ExtendDbModel.Schema);
        builder.IndexerProperty<string>("Consumer").HasColumnName("consumer").UseCollation("C");
        builder.IndexerProperty<int>("StreamId").HasColumnName("stream_id");
        builder.IndexerProperty<short>("Shard").HasColumnName("shard");

        // The number of the last record whose effect is committed.
        builder.IndexerProperty<long>("Number").HasColumnName("number");

        // Of the records behind it: the tries that have failed, when the next one is, and the error of the last.
        builder.IndexerProperty<int>("Attempts").HasColumnName("attempts");
        builder.IndexerProperty<DateTimeOffset?>("NextAttemptAt").HasColumnName("next_attempt_at");
        builder.IndexerProperty<string>("Error").HasColumnName("error");
        builder.HasKey("Consumer", "StreamId", "Shard").HasName("pk_stream_consumer_shards");
    }

    /// <summary>Maps <c>stream_set_aside</c>: copies of the records that a consumer could not handle, and will try again.</summary>
    private static void ConfigureStreamSetAside(EntityTypeBuilder<Dictionary<string, object>> builder)
    {
        builder.ToTable("stream_set_aside", ExtendDbModel.Schema);
        builder.IndexerProperty<string>("Consumer").HasColumnName("consumer").UseCollation("C");
        builder.IndexerProperty<int>("StreamId").HasColumnName("stream_id");
        builder.IndexerProperty<short>("Shard").HasColumnName("shard");
        builder.IndexerProperty<long>("Number").HasColumnName("number");
        builder.IndexerProperty<int>("Attempts").HasColumnName("attempts");
        builder.IndexerProperty<DateTimeOffset>("NextAttemptAt").HasColumnName("next_attempt_at");
        builder.IndexerProperty<string>("Error").HasColumnName("error").IsRequired();
        ConfigureRecord(builder);
        builder.HasKey("Consumer", "StreamId", "Shard", "Number").HasName("pk_stream_set_aside");
    }

    private static void ConfigureRecord(EntityTypeBuilder<Dictionary<string, object>> builder)
    {
        builder.IndexerProperty<string>("EventName").HasColumnName("event_name").IsRequired();

        // Whether the item was deleted because it had expired.
        builder.IndexerProperty<bool>("IsExpiry").HasColumnName("is_expiry");
        builder.IndexerProperty<DateTimeOffset>("CreatedAt").HasColumnName("created_at");
        builder.IndexerProperty<int>("SizeBytes").HasColumnName("size_bytes");
        builder.IndexerProperty<string>("Keys").HasColumnName("keys").HasColumnType("jsonb").IsRequired();
        builder.IndexerProperty<string>("OldImage").HasColumnName("old_image").HasColumnType("jsonb");
        builder.IndexerProperty<string>("NewImage").HasColumnName("new_image").HasColumnType("jsonb");
    }
}
