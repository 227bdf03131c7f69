using System.Linq.Expressions;
using ExtendDb.Ef.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ExtendDb.Ef.Propagation;

/// <summary>Refuses ExecuteUpdate and ExecuteDelete on items: they pass SaveChanges by, and with it the markers.</summary>
internal sealed class BulkWriteInterceptor : IQueryExpressionInterceptor
{
    private BulkWriteInterceptor()
    {
    }

    public static BulkWriteInterceptor Instance { get; } = new();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData) =>
        queryExpression is MethodCallExpression
        {
            Method: { Name: nameof(EntityFrameworkQueryableExtensions.ExecuteDelete) or "ExecuteUpdate" } method,
            Arguments: [var source, ..],
        } && source.Type.IsAssignableTo(typeof(IQueryable<Item>))
            ? throw new InvalidOperationException(
                $"{method.Name} on items would leave their indexes out of date. Change or remove the items and call "
                + "SaveChanges, or use DeleteItem and UpdateItem.")
            : queryExpression;
}
