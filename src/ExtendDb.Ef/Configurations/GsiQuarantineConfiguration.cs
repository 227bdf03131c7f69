using ExtendDb.Ef.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Configurations;

internal sealed class GsiQuarantineConfiguration : IEntityTypeConfiguration<GsiQuarantine>
{
    public void Configure(EntityTypeBuilder<GsiQuarantine> builder)
    {
        builder.ToTable("gsi_quarantine", ExtendDbModel.Schema);
        builder.HasKey(q => new { q.IndexId, q.PartitionHash, q.SortKey }).HasName("pk_gsi_quarantine");
        builder.Property(q => q.IndexId).HasColumnName("index_id").ValueGeneratedNever();
        builder.Property(q => q.PartitionHash).HasColumnName("partition_hash").ValueGeneratedNever();
        builder.Property(q => q.SortKey).HasColumnName("sort_key");
        builder.Property(q => q.TableId).HasColumnName("table_id");
        builder.Property(q => q.SqlState).HasColumnName("sqlstate");
        builder.Property(q => q.Message).HasColumnName("message");
        builder.Property(q => q.Attempts).HasColumnName("attempts");
        builder.Property(q => q.FirstFailedAt).HasColumnName("first_failed_at");
        builder.Property(q => q.LastFailedAt).HasColumnName("last_failed_at");
    }
}
