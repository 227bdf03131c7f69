using ExtendDb.Ef.Testing;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.CrashTests;

/// <summary>A database of orders without any worker, with damage that an operator finds.</summary>
public sealed class OperatorOrders : ExtendDbFixture
{
    /// <summary>How many items are in no index: more than two ranges of a verification.</summary>
    public const int InNoIndex = 4_100;

    private Orders? _orders;

    internal Orders Orders => _orders!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _orders = await Orders.CreateAsync(ConnectionString);
        await SqlAsync($$$"""
            INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
            SELECT t.id, md5(n::text)::uuid, '', '{"Customer":{"S":"x"}}', 9, 1, get_byte(decode(md5(n::text), 'hex'), 0) >> 2
            FROM extenddb.tables AS t CROSS JOIN generate_series(1, {{{InNoIndex}}}) AS n
            """);
    }

    public override async Task DisposeAsync()
    {
        await Orders.DisposeAsync();
        await base.DisposeAsync();
    }

    internal Task<int> SqlAsync(string sql) =>
        Orders.Context.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
}
