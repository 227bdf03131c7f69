using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Catalog;

/// <summary>Which names of tables to list.</summary>
public sealed record ListTablesRequest
{
    /// <summary>Gets the name behind which the list begins; null for the beginning.</summary>
    public string? ExclusiveStartTableName { get; init; }

    /// <summary>Gets the most names to list, 1 to 100; null for 100.</summary>
    public int? Limit { get; init; }
}

/// <summary>Names of tables.</summary>
/// <param name="TableNames">The names in byte order; none when there is no table.</param>
/// <param name="LastEvaluatedTableName">Where the next list begins; null when this one was the last.</param>
public sealed record ListTablesResponse(IReadOnlyList<string> TableNames, string? LastEvaluatedTableName);

/// <summary>Lists tables.</summary>
internal static class ListTables
{
    private const int MaxNames = 100;

    /// <summary>Lists the names of all tables, in byte order.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">Where to begin, and how many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The names.</returns>
    /// <exception cref="ValidationException">The limit is not 1 to 100.</exception>
    /// <remarks>Source: DynamoDB API, ListTables.</remarks>
    internal static async Task<ListTablesResponse> HandleAsync(
        OperationContext at, ListTablesRequest request, CancellationToken cancellationToken)
    {
        new RequestShape().Between(request.Limit, 1, MaxNames, "limit").ThrowIfBroken();

        var limit = request.Limit ?? MaxNames;
        at.Runtime.Definitions.Forget();
        var definitions = await at.Runtime.Definitions.GetAsync(at.Context, cancellationToken);
        var names = definitions.Tables.Select(t => t.Name).Order(StringComparer.Ordinal)
            .SkipWhile(name => request.ExclusiveStartTableName is { } start && string.CompareOrdinal(name, start) <= 0)
            .Take(limit + 1).ToList();
        return names.Count > limit
            ? new(names[..limit], names[limit - 1])
            : new(names, LastEvaluatedTableName: null);
    }
}
