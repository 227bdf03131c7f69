using ExtendDb.Ef.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Configurations;

internal sealed class TableConfiguration : IEntityTypeConfiguration<Table>
{
    public void Configure(EntityTypeBuilder<Table> builder)
    {
        builder.ToTable("tables", ExtendDbModel.Schema);
        builder.HasKey(t => t.Id).HasName("pk_tables");
        builder.HasIndex(t => t.Name).IsUnique().HasDatabaseName("ix_tables_name");
        builder.Property(t => t.Id).HasColumnName("id").UseIdentityAlwaysColumn();
        builder.Property(t => t.Name).HasColumnName("name").UseCollation("C");
        builder.Property(t => t.TableId).HasColumnName("table_id");
        builder.Property(t => t.Status).HasColumnName("status").HasConversion<string>();
        builder.Property(t => t.KeySchema).HasColumnName("key_schema").IsJsonList();
        builder.Property(t => t.AttributeDefinitions).HasColumnName("attribute_definitions").IsJsonList();
        builder.Property(t => t.DeletionProtectionEnabled).HasColumnName("deletion_protection");
        builder.Property(t => t.CreatedAt).HasColumnName("created_at");
        builder.Property(t => t.BillingMode).HasColumnName("billing_mode").HasConversion<string>();
        builder.Property(t => t.BillingChangedAt).HasColumnName("billing_changed_at");
        builder.Property(t => t.ReadCapacityUnits).HasColumnName("read_capacity");
        builder.Property(t => t.WriteCapacityUnits).HasColumnName("write_capacity");
        builder.Property(t => t.ThroughputIncreasedAt).HasColumnName("throughput_increased_at");
        builder.Property(t => t.ThroughputDecreasedAt).HasColumnName("throughput_decreased_at");
        builder.Property(t => t.ThroughputDecreases).HasColumnName("throughput_decreases");
        builder.Property(t => t.TableClass).HasColumnName("table_class").HasConversion<string>();
        builder.Property(t => t.TableClassChangedAt).HasColumnName("table_class_changed_at");
        builder.Property(t => t.Tags).HasColumnName("tags").IsJsonList();
        builder.Property(t => t.TtlAttribute).HasColumnName("ttl_attribute");
        builder.Property(t => t.TtlSweptAt).HasColumnName("ttl_swept_at");
    }
}
