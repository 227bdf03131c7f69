using ExtendDb.Ef.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Configurations;

internal sealed class CatalogStateConfiguration : IEntityTypeConfiguration<CatalogState>
{
    public void Configure(EntityTypeBuilder<CatalogState> builder)
    {
        builder.ToTable("catalog_state", ExtendDbModel.Schema, table =>
            table.HasCheckConstraint("ck_catalog_state_only_row", "only_row"));
        builder.HasKey(s => s.OnlyRow).HasName("pk_catalog_state");
        builder.Property(s => s.OnlyRow).HasColumnName("only_row").ValueGeneratedNever();
        builder.Property(s => s.Version).HasColumnName("version");
        builder.Property(s => s.LongestPollMs).HasColumnName("longest_poll_ms");
    }
}
