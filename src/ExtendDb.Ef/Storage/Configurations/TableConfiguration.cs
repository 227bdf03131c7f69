using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Storage.Configurations;

internal sealed class TableConfiguration : IEntityTypeConfiguration<Table>
{
    public void Configure(EntityTypeBuilder<Table> builder)
    {
        builder.ToTable("tables", ExtendDbModel.Schema);
        builder.HasKey(t => t.Id).HasName("pk_tables");
        builder.HasIndex(t => t.Name).IsUnique().HasDatabaseName("ix_tables_name");
        builder.Column(t => t.Id, "id", "integer").UseIdentityAlwaysColumn();
        builder.Column(t => t.Name, "name", "text").UseCollation("C");
        builder.Column(t => t.TableId, "table_id", "uuid");
        builder.Column(t => t.KeySchema, "key_schema", "jsonb").IsDefinitionList();
        builder.Column(t => t.AttributeDefinitions, "attribute_definitions", "jsonb").IsDefinitionList();
        builder.Column(t => t.DeletionProtectionEnabled, "deletion_protection", "boolean");
        builder.Column(t => t.CreatedAt, "created_at", Columns.Instant);
        builder.Column(t => t.BillingMode, "billing_mode", "text").HasConversion<string>();
        builder.Column(t => t.BillingChangedAt, "billing_changed_at", Columns.Instant);
        builder.Column(t => t.ReadCapacityUnits, "read_capacity", "bigint");
        builder.Column(t => t.WriteCapacityUnits, "write_capacity", "bigint");
        builder.Column(t => t.ThroughputIncreasedAt, "throughput_increased_at", Columns.Instant);
        builder.Column(t => t.ThroughputDecreasedAt, "throughput_decreased_at", Columns.Instant);
        builder.Column(t => t.ThroughputDecreases, "throughput_decreases", "integer");
        builder.Column(t => t.WarmReadUnits, "warm_read_units", "bigint");
        builder.Column(t => t.WarmWriteUnits, "warm_write_units", "bigint");
        builder.Column(t => t.MaxReadRequestUnits, "max_read_units", "bigint");
        builder.Column(t => t.MaxWriteRequestUnits, "max_write_units", "bigint");
        builder.Column(t => t.TableClass, "table_class", "text").HasConversion<string>();
        builder.Column(t => t.TableClassChangedAt, "table_class_changed_at", Columns.Instant);
        builder.Column(t => t.Tags, "tags", "jsonb").IsDefinitionList();
        builder.Column(t => t.TtlAttribute, "ttl_attribute", "text");
        builder.Column(t => t.TtlSweptAt, "ttl_swept_at", Columns.Instant);
        builder.Column(t => t.StreamId, "stream_id", "integer");
        builder.Column(t => t.StreamViewType, "stream_view_type", "text").HasConversion<string>();
        builder.Column(t => t.StreamStatus, "stream_status", "text").HasConversion<string>();
        builder.Column(t => t.LatestStreamLabel, "latest_stream_label", "text");
        builder.Column(t => t.DefinitionVersion, "definition_version", "bigint").HasDefaultValue(1L);
    }
}
