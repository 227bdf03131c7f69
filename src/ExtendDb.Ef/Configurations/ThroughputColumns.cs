using ExtendDb.Ef.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Configurations;

/// <summary>Maps the capacity of a table or an index to columns of its row.</summary>
internal static class ThroughputColumns
{
    public static void Configure(ComplexPropertyBuilder<StoredThroughput> builder)
    {
        builder.Property(t => t.ReadCapacityUnits).HasColumnName("read_capacity");
        builder.Property(t => t.WriteCapacityUnits).HasColumnName("write_capacity");
        builder.Property(t => t.IncreasedAt).HasColumnName("throughput_increased_at");
        builder.Property(t => t.DecreasedAt).HasColumnName("throughput_decreased_at");
        builder.Property(t => t.Decreases).HasColumnName("throughput_decreases");
    }
}
