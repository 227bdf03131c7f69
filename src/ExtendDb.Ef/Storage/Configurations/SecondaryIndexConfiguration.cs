using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Storage.Configurations;

internal sealed class SecondaryIndexConfiguration : IEntityTypeConfiguration<SecondaryIndex>
{
    // Each phase with its index status and its data.
    private const string PhaseHasItsData =
        "CASE backfill_phase"
        + " WHEN 'NONE' THEN status = 'ACTIVE'"
        + " AND backfill_hash IS NULL AND backfill_sort IS NULL AND backfilled_at IS NULL"
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
        builder.Column(i => i.Id, "id", "integer").UseIdentityAlwaysColumn();
        builder.Column(i => i.TableId, "table_id", "integer");
        builder.Column(i => i.Name, "name", "text").UseCollation("C");
        builder.Column(i => i.Kind, "kind", "text").HasConversion<string>();
        builder.Column(i => i.KeySchema, "key_schema", "jsonb").IsDefinitionList();
        builder.Column(i => i.ProjectionType, "projection_type", "text").HasConversion<string>();
        builder.Column(i => i.NonKeyAttributes, "non_key_attributes", "text[]");
        builder.Column(i => i.Status, "status", "text").HasConversion<string>();
        builder.Column(i => i.PropagationDelayMs, "propagation_delay_ms", "integer");
        builder.Column(i => i.DelayChangedAt, "delay_changed_at", Columns.Instant);
        builder.Column(i => i.ReadCapacityUnits, "read_capacity", "bigint");
        builder.Column(i => i.WriteCapacityUnits, "write_capacity", "bigint");
        builder.Column(i => i.ThroughputIncreasedAt, "throughput_increased_at", Columns.Instant);
        builder.Column(i => i.ThroughputDecreasedAt, "throughput_decreased_at", Columns.Instant);
        builder.Column(i => i.ThroughputDecreases, "throughput_decreases", "integer");
        builder.Column(i => i.WarmReadUnits, "warm_read_units", "bigint");
        builder.Column(i => i.WarmWriteUnits, "warm_write_units", "bigint");
        builder.Column(i => i.MaxReadRequestUnits, "max_read_units", "bigint");
        builder.Column(i => i.MaxWriteRequestUnits, "max_write_units", "bigint");

        // Not now(), which would be the start of a transaction that has waited for its turn.
        builder.Column(i => i.CreatedAt, "created_at", Columns.Instant).HasDefaultValueSql("clock_timestamp()");
        builder.Column(i => i.BackfillPhase, "backfill_phase", "text").HasConversion<string>();
        builder.Column(i => i.BackfillHash, "backfill_hash", "uuid");
        builder.Column(i => i.BackfillSort, "backfill_sort", "bytea");
        builder.Column(i => i.BackfilledAt, "backfilled_at", Columns.Instant);
        builder.HasOne<Table>().WithMany(t => t.SecondaryIndexes).HasForeignKey(i => i.TableId)
            .HasConstraintName("fk_secondary_indexes_tables").OnDelete(DeleteBehavior.Cascade);
    }
}
