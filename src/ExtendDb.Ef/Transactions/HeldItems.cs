using ExtendDb.Ef.Items;
using ExtendDb.Ef.Sql;
using Npgsql;

namespace ExtendDb.Ef.Transactions;

/// <summary>Finds the items that stood in a transaction's way.</summary>
internal static class HeldItems
{
    /// <summary>Returns the positions of the items that other transactions hold at this moment.</summary>
    /// <returns>The positions in order; none when whoever held one has ended meanwhile.</returns>
    public static async Task<IReadOnlyList<int>> FindAsync(
        OperationContext at, IReadOnlyList<ItemPlace> places, CancellationToken cancellationToken)
    {
        // On a connection of its own: the transaction that met the conflict can do no more.
        await using var connection = await at.Database.OpenForWriterAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Statements.ItemsFindLocked, connection);
        ItemRow.AddParameters(command.Parameters, places);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var held = new List<int>();
        while (await reader.ReadAsync(cancellationToken))
        {
            held.Add((int)reader.GetInt64(0) - 1);
        }

        return held;
    }
}
