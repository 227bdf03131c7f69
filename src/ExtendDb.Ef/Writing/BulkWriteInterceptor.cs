using System.Data.Common;
using ExtendDb.Ef.Storage.Configurations;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ExtendDb.Ef.Writing;

/// <summary>
/// Refuses ExecuteUpdate and ExecuteDelete on the tables of ExtendDb, because these statements bypass SaveChanges and
/// therefore enqueue no markers.
/// </summary>
/// <remarks>
/// The interceptor checks the table that the statement writes to, not the query. An application can therefore update
/// entities of its own with a filter that reads items.
/// </remarks>
internal sealed class BulkWriteInterceptor : DbCommandInterceptor
{
    private const string Delete = "DELETE FROM ";
    private const string Update = "UPDATE ";

    private BulkWriteInterceptor()
    {
    }

    public static BulkWriteInterceptor Instance { get; } = new();

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Check(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        Check(command, eventData);
        return ValueTask.FromResult(result);
    }

    private static void Check(DbCommand command, CommandEventData eventData)
    {
        // EF reports some deletions as ExecuteUpdate, so the text of the statement decides.
        if (eventData.CommandSource is CommandSource.ExecuteDelete or CommandSource.ExecuteUpdate
            && Refusal(command.CommandText) is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }
    }

    private static string? Refusal(string sql)
    {
        var statement = WithoutTags(sql);
        if (statement.StartsWith(Delete))
        {
            return TableOf(statement[Delete.Length..]) is { } table ? Refusal("ExecuteDelete", table) : null;
        }

        if (statement.StartsWith(Update))
        {
            return TableOf(statement[Update.Length..]) is { } table ? Refusal("ExecuteUpdate", table) : null;
        }

        // Npgsql writes no other form of statement today. A later version that does must not bypass the check.
        return statement.Contains(ExtendDbModel.Schema, StringComparison.Ordinal)
            ? Refusal("ExecuteUpdate or ExecuteDelete", "items")
            : null;
    }

    private static string Refusal(string operation, string table) => table switch
    {
        "items" => $"{operation} on items would leave their indexes out of date. Change or remove the items and call "
            + "SaveChanges, or use DeleteItem and UpdateItem.",
        "tables" or "secondary_indexes" => $"{operation} on {table} would change definitions that writers have in memory. "
            + "Use CreateTable, UpdateTable and DeleteTable.",
        "gsi_quarantine" => $"{operation} on {table} would hide entries that are out of date. "
            + "Use extenddb quarantine retry and extenddb quarantine discard.",
        _ => $"{operation} on {table} would leave indexes out of date: only ExtendDb writes that table. Change items with "
            + "SaveChanges, DeleteItem and UpdateItem; extenddb repair mends their index entries.",
    };

    /// <summary>
    /// Returns the name of the ExtendDb table that a text begins with; null when it begins with another table.
    /// </summary>
    private static string? TableOf(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(' ', '\r', '\n');
        var name = (end < 0 ? text : text[..end]).ToString().Replace("\"", "", StringComparison.Ordinal);
        return name.StartsWith($"{ExtendDbModel.Schema}.", StringComparison.Ordinal)
            ? name[(ExtendDbModel.Schema.Length + 1)..]
            : null;
    }

    /// <summary>Returns a statement without the comments that TagWith puts before the statement.</summary>
    private static ReadOnlySpan<char> WithoutTags(string sql)
    {
        var rest = sql.AsSpan().TrimStart();
        while (rest.StartsWith("--") && rest.IndexOf('\n') is >= 0 and var end)
        {
            rest = rest[end..].TrimStart();
        }

        return rest;
    }
}
