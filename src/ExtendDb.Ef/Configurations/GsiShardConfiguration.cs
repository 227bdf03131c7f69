using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Keys;
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
        builder.HasData(Enumerable.Range(0, Shard.Count).Select(n => new GsiShard { Shard = (short)n }));
    }
}
