using ExtendDb.Ef.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Configurations;

internal sealed class IndexEntryConfiguration : IEntityTypeConfiguration<IndexEntry>
{
    public void Configure(EntityTypeBuilder<IndexEntry> builder)
    {
        builder.ToTable("index_entries", ExtendDbModel.Schema);
        builder.HasKey(e => new { e.IndexId, e.PartitionHash, e.SortKey }).HasName(ExtendDbModel.IndexEntriesPrimaryKey);
        builder.HasIndex(e => new { e.IndexId, e.KeyHash, e.KeySort, e.PartitionHash, e.SortKey })
            .HasDatabaseName("ix_index_entries_query");
        builder.Property(e => e.IndexId).HasColumnName("index_id").ValueGeneratedNever();
        builder.Property(e => e.PartitionHash).HasColumnName("partition_hash").ValueGeneratedNever();
        builder.Property(e => e.SortKey).HasColumnName("sort_key");
        builder.Property(e => e.KeyHash).HasColumnName("key_hash");
        builder.Property(e => e.KeySort).HasColumnName("key_sort");
        builder.Property(e => e.Document).HasColumnName("document").IsDocument();
        builder.Property(e => e.SizeBytes).HasColumnName("size_bytes");
    }
}
