using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Storage.Configurations;

internal sealed class ItemConfiguration : IEntityTypeConfiguration<Item>
{
    public void Configure(EntityTypeBuilder<Item> builder)
    {
        builder.ToTable("items", ExtendDbModel.Schema, table =>
        {
            table.HasCheckConstraint("ck_items_version", "version > 0");
            table.HasSlotCheck("items");
        });
        builder.HasKey(i => new { i.TableId, i.PartitionHash, i.SortKey }).HasName(ExtendDbModel.ItemsPrimaryKey);
        builder.Column(i => i.TableId, "table_id", "integer").ValueGeneratedNever();
        builder.Column(i => i.PartitionHash, "partition_hash", "uuid").ValueGeneratedNever();
        builder.Column(i => i.SortKey, "sort_key", "bytea");
        builder.Column(i => i.Document, "document", "jsonb").IsDocument();
        builder.Column(i => i.SizeBytes, "size_bytes", "integer");
        builder.Column(i => i.Version, "version", "bigint").IsConcurrencyToken();

        // A token, so that a change or a deletion by a save names the slot.
        builder.Column(i => i.Slot, "slot", "smallint").IsConcurrencyToken();
    }
}
