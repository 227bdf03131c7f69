using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Storage.Configurations;

internal sealed class GsiQuarantineConfiguration : IEntityTypeConfiguration<GsiQuarantine>
{
    public void Configure(EntityTypeBuilder<GsiQuarantine> builder)
    {
        builder.ToTable("gsi_quarantine", ExtendDbModel.Schema, table => table.HasSlotCheck("gsi_quarantine"));
        builder.HasKey(q => new { q.IndexId, q.PartitionHash, q.SortKey }).HasName("pk_gsi_quarantine");
        builder.Column(q => q.IndexId, "index_id", "integer").ValueGeneratedNever();
        builder.Column(q => q.PartitionHash, "partition_hash", "uuid").ValueGeneratedNever();
        builder.Column(q => q.SortKey, "sort_key", "bytea");
        builder.Column(q => q.TableId, "table_id", "integer");
        builder.Column(q => q.SqlState, "sqlstate", "text");
        builder.Column(q => q.Message, "message", "text");
        builder.Column(q => q.Attempts, "attempts", "integer");
        builder.Column(q => q.FirstFailedAt, "first_failed_at", Columns.Instant);
        builder.Column(q => q.LastFailedAt, "last_failed_at", Columns.Instant);
        builder.Column(q => q.RetryAt, "retry_at", Columns.Instant).HasDefaultValueSql("now()");
        builder.Column(q => q.Slot, "slot", "smallint");
        builder.HasIndex(q => q.RetryAt).HasDatabaseName("ix_gsi_quarantine_retry_at");
    }
}
