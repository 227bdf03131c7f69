using ExtendDb.Ef.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Configurations;

internal sealed class ItemConfiguration : IEntityTypeConfiguration<Item>
{
    public void Configure(EntityTypeBuilder<Item> builder)
    {
        builder.ToTable("items", ExtendDbModel.Schema, table =>
            table.HasCheckConstraint("ck_items_version", "version > 0"));
        builder.HasKey(i => new { i.TableId, i.PartitionHash, i.SortKey }).HasName(ExtendDbModel.ItemsPrimaryKey);
        builder.Property(i => i.TableId).HasColumnName("table_id").ValueGeneratedNever();
        builder.Property(i => i.PartitionHash).HasColumnName("partition_hash").ValueGeneratedNever();
        builder.Property(i => i.SortKey).HasColumnName("sort_key");
        builder.Property(i => i.Document).HasColumnName("document").IsDocument();
        builder.Property(i => i.SizeBytes).HasColumnName("size_bytes");
        builder.Property(i => i.Version).HasColumnName("version").IsConcurrencyToken();

        // Deleting a table waits for writers that insert into it and refuses those that come later.
        builder.HasOne<Table>().WithMany().HasForeignKey(i => i.TableId)
            .HasConstraintName(ExtendDbModel.ItemsTableKey).OnDelete(DeleteBehavior.Restrict);
    }
}
