using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExtendDb.Ef.Migrations
{
    /// <inheritdoc />
    public partial class TransactionTokens : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "transaction_tokens",
                schema: "extenddb",
                columns: table => new
                {
                    token = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    request_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_transaction_tokens", x => x.token);
                });

            migrationBuilder.CreateIndex(
                name: "ix_transaction_tokens_created_at",
                schema: "extenddb",
                table: "transaction_tokens",
                column: "created_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "transaction_tokens",
                schema: "extenddb");
        }
    }
}
