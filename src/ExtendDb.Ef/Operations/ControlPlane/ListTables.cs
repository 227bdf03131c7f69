using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles ListTables.</summary>
internal static class ListTables
{
    private const int MaxNames = 100;

    internal static async Task<ListTablesResponse> HandleAsync(
        OperationContext context, ListTablesRequest request, CancellationToken cancellationToken)
    {
        new RequestValidator()
            .OnlyTableName(request.ExclusiveStartTableName, "exclusiveStartTableName")
            .Between(request.Limit, 1, MaxNames, "limit")
            .ThrowIfBroken();

        var limit = request.Limit ?? MaxNames;
        context.Runtime.Definitions.Forget();
        var definitions = await context.Runtime.Definitions.GetAsync(context.DbContext, cancellationToken);
        var names = definitions.Tables.Select(t => t.Name).Order(StringComparer.Ordinal)
            .SkipWhile(name => request.ExclusiveStartTableName is { } start && string.CompareOrdinal(name, start) <= 0)
            .Take(limit + 1).ToList();
        return names.Count > limit
            ? new() { TableNames = names[..limit], LastEvaluatedTableName = names[limit - 1] }
            : new() { TableNames = names, LastEvaluatedTableName = null };
    }
}
