using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Storage.Configurations;

internal sealed class IndexEntryConfiguration : IEntityTypeConfiguration<IndexEntry>
{
    public void Configure(EntityTypeBuilder<IndexEntry> builder)
    {
        builder.ToTable("index_entries", ExtendDbModel.Schema, table => table.HasSlotCheck("index_entries"));
        builder.HasKey(e => new { e.IndexId, e.PartitionHash, e.SortKey }).HasName("pk_index_entries");
        builder.HasIndex(e => new { e.IndexId, e.KeyHash, e.KeySort, e.PartitionHash, e.SortKey })
            .HasDatabaseName("ix_index_entries_query");
        builder.Column(e => e.IndexId, "index_id", "integer").ValueGeneratedNever();
        builder.Column(e => e.PartitionHash, "partition_hash", "uuid").ValueGeneratedNever();
        builder.Column(e => e.SortKey, "sort_key", "bytea");
        builder.Column(e => e.KeyHash, "key_hash", "uuid");
        builder.Column(e => e.KeySort, "key_sort", "bytea");
        builder.Column(e => e.Document, "document", "jsonb").IsDocument();
        builder.Column(e => e.SizeBytes, "size_bytes", "integer");
        builder.Column(e => e.Slot, "slot", "smallint");
    }
}
