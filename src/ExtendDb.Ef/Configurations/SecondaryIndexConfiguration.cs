using ExtendDb.Ef.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Configurations;

internal sealed class SecondaryIndexConfiguration : IEntityTypeConfiguration<SecondaryIndex>
{
    // Each phase with the state it belongs to and the data it has. A backfill that is given up leaves its data behind: the
    // request that gives it up does not see how far the walk comes meanwhile.
    private const string PhaseHasItsData =
        "CASE backfill_phase"
        + " WHEN 'NONE' THEN status = 'DELETING' OR (status = 'ACTIVE'"
        + " AND backfill_hash IS NULL AND backfill_sort IS NULL AND backfilled_at IS NULL)"
        + " WHEN 'WAITING' THEN status = 'CREATING'"
        + " AND backfill_hash IS NULL AND backfill_sort IS NULL AND backfilled_at IS NULL"
        + " WHEN 'WALKING' THEN status = 'CREATING'"
        + " AND backfill_hash IS NOT NULL AND backfill_sort IS NOT NULL AND backfilled_at IS NOT NULL"
        + " WHEN 'DRAINING' THEN status = 'CREATING'"
        + " AND backfill_hash IS NULL AND backfill_sort IS NULL AND backfilled_at IS NOT NULL"
        + " ELSE false END";

    public void Configure(EntityTypeBuilder<SecondaryIndex> builder)
    {
        builder.ToTable("secondary_indexes", ExtendDbModel.Schema, table =>
            table.HasCheckConstraint("ck_secondary_indexes_backfill_phase", PhaseHasItsData));
        builder.HasKey(i => i.Id).HasName("pk_secondary_indexes");
        builder.HasIndex(i => new { i.TableId, i.Name }).IsUnique().HasDatabaseName("ix_secondary_indexes_name");
        builder.Property(i => i.Id).HasColumnName("id").UseIdentityAlwaysColumn();
        builder.Property(i => i.TableId).HasColumnName("table_id");
        builder.Property(i => i.Name).HasColumnName("name").UseCollation("C");
        builder.Property(i => i.Kind).HasColumnName("kind").HasConversion<string>();
        builder.Property(i => i.KeySchema).HasColumnName("key_schema").IsJsonList();
        builder.Property(i => i.ProjectionType).HasColumnName("projection_type").HasConversion<string>();
        builder.Property(i => i.NonKeyAttributes).HasColumnName("non_key_attributes");
        builder.Property(i => i.Status).HasColumnName("status").HasConversion<string>();
        builder.Property(i => i.PropagationDelayMs).HasColumnName("propagation_delay_ms");
        builder.Property(i => i.DelayChangedAt).HasColumnName("delay_changed_at");
        builder.Property(i => i.ReadCapacityUnits).HasColumnName("read_capacity");
        builder.Property(i => i.WriteCapacityUnits).HasColumnName("write_capacity");
        builder.Property(i => i.ThroughputIncreasedAt).HasColumnName("throughput_increased_at");
        builder.Property(i => i.ThroughputDecreasedAt).HasColumnName("throughput_decreased_at");
        builder.Property(i => i.ThroughputDecreases).HasColumnName("throughput_decreases");

        // Not now(), which would be the beginning of a transaction that has waited for its turn.
        builder.Property(i => i.CreatedAt).HasColumnName("created_at").HasDefaultValueSql("clock_timestamp()");
        builder.Property(i => i.BackfillPhase).HasColumnName("backfill_phase").HasConversion<string>();
        builder.Property(i => i.BackfillHash).HasColumnName("backfill_hash");
        builder.Property(i => i.BackfillSort).HasColumnName("backfill_sort");
        builder.Property(i => i.BackfilledAt).HasColumnName("backfilled_at");
        builder.HasOne<Table>().WithMany(t => t.SecondaryIndexes).HasForeignKey(i => i.TableId)
            .HasConstraintName("fk_secondary_indexes_tables").OnDelete(DeleteBehavior.Cascade);
    }
}
