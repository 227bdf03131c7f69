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
        .SharedTypeEntity<Dictionary<string, object>>("GsiShard", ConfigureShards)
        .SharedTypeEntity<Dictionary<string, object>>("CatalogState", ConfigureCatalogState)
        .SharedTypeEntity<Dictionary<string, object>>("TransactionToken", ConfigureTransactionTokens)
        .SharedTypeEntity<Dictionary<string, object>>("RemovedDefinition", ConfigureRemovedDefinitions);

    /// <summary>Maps <c>gsi_shards</c>: the holder of a row's lock applies the markers of that shard.</summary>
    private static void ConfigureShards(EntityTypeBuilder<Dictionary<string, object>> builder)
    {
        builder.ToTable("gsi_shards", ExtendDbModel.Schema);
        builder.IndexerProperty<short>("Shard").HasColumnName("shard").ValueGeneratedNever();
        builder.HasKey("Shard").HasName("pk_gsi_shards");
        builder.HasData(Enumerable.Range(0, Shard.Count).Select(n => new { Shard = (short)n }));
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
}
