using ExtendDb.Ef.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Configurations;

internal sealed class TransactionTokenConfiguration : IEntityTypeConfiguration<TransactionToken>
{
    public void Configure(EntityTypeBuilder<TransactionToken> builder)
    {
        builder.ToTable("transaction_tokens", ExtendDbModel.Schema);
        builder.HasKey(t => t.Token).HasName("pk_transaction_tokens");
        builder.HasIndex(t => t.CreatedAt).HasDatabaseName("ix_transaction_tokens_created_at");
        builder.Property(t => t.Token).HasColumnName("token").UseCollation("C");
        builder.Property(t => t.RequestHash).HasColumnName("request_hash");
        builder.Property(t => t.CreatedAt).HasColumnName("created_at");
    }
}
