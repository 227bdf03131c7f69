using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Storage.Configurations;

internal sealed class GsiPendingConfiguration : IEntityTypeConfiguration<GsiPending>
{
    public void Configure(EntityTypeBuilder<GsiPending> builder)
    {
        builder.ToTable("gsi_pending", ExtendDbModel.Schema);

        // The only index: it gives the order of a claim, so LIMIT stops its scan. A second index would tempt the
        // planner.
        builder.HasKey(m => new { m.Slot, m.ReadyAt, m.Id }).HasName("pk_gsi_pending");
        builder.Column(m => m.Slot, "slot", "smallint").ValueGeneratedNever();
        builder.Column(m => m.ReadyAt, "ready_at", Columns.Instant).ValueGeneratedNever();
        builder.Column(m => m.Id, "id", "bigint").UseIdentityAlwaysColumn();
        builder.Column(m => m.TableId, "table_id", "integer");
        builder.Column(m => m.PartitionHash, "partition_hash", "uuid");
        builder.Column(m => m.SortKey, "sort_key", "bytea");
        builder.Column(m => m.IndexIds, "index_ids", "integer[]");
    }
}
