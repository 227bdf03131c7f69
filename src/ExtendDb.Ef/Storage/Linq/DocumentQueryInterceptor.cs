using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ExtendDb.Ef.Storage.Linq;

/// <summary>Says of a query that reads documents as SQL cannot what to write instead, before EF translates it.</summary>
/// <remarks>EF's own message would name the method that failed, but no way out. Runs once for each translated query.</remarks>
internal sealed class DocumentQueryInterceptor : IQueryExpressionInterceptor
{
    private DocumentQueryInterceptor()
    {
    }

    public static DocumentQueryInterceptor Instance { get; } = new();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        new DocumentQueryCheck().Visit(queryExpression);
        return queryExpression;
    }
}
