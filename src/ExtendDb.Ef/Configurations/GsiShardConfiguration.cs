using ExtendDb.Ef.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Configurations;

internal sealed class GsiShardConfiguration : IEntityTypeConfiguration<GsiShard>
{
    public void Configure(EntityTypeBuilder<GsiShard> builder)
    {
        builder.ToTable("gsi_shards", ExtendDbModel.Schema);
        builder.HasKey(s => s.Shard).HasName("pk_gsi_shards");
        builder.Property(s => s.Shard).HasColumnName("shard").ValueGeneratedNever();
    }
}
