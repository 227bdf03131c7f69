using ExtendDb.Ef.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Configurations;

internal sealed class GsiPendingConfiguration : IEntityTypeConfiguration<GsiPending>
{
    public void Configure(EntityTypeBuilder<GsiPending> builder)
    {
        builder.ToTable("gsi_pending", ExtendDbModel.Schema);

        // The only index: it gives the order of a claim, so LIMIT stops its scan. A second one would tempt the planner.
        builder.HasKey(m => new { m.Shard, m.ReadyAt, m.Id }).HasName("pk_gsi_pending");
        builder.Property(m => m.Shard).HasColumnName("shard").ValueGeneratedNever();
        builder.Property(m => m.ReadyAt).HasColumnName("ready_at").ValueGeneratedNever();
        builder.Property(m => m.Id).HasColumnName("id").UseIdentityAlwaysColumn();
        builder.Property(m => m.TableId).HasColumnName("table_id");
        builder.Property(m => m.PartitionHash).HasColumnName("partition_hash");
        builder.Property(m => m.SortKey).HasColumnName("sort_key");
        builder.Property(m => m.IndexIds).HasColumnName("index_ids");
    }
}
