using System.Linq.Expressions;
using ExtendDb.Ef.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;

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
        } && ItemFinder.Finds(queryExpression)
            ? throw new InvalidOperationException(
                $"{method.Name} on items would leave their indexes out of date. Change or remove the items and call "
                + "SaveChanges, or use DeleteItem and UpdateItem.")
            : queryExpression;

    // Also in a join: which of its tables is written is decided later, by the setters.
    private sealed class ItemFinder : ExpressionVisitor
    {
        private bool _found;

        public static bool Finds(Expression expression)
        {
            var finder = new ItemFinder();
            finder.Visit(expression);
            return finder._found;
        }

        protected override Expression VisitExtension(Expression node)
        {
            _found |= node is EntityQueryRootExpression root && root.EntityType.ClrType == typeof(Item);
            return node is QueryRootExpression ? node : base.VisitExtension(node);
        }
    }
}
