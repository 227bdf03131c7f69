using System.Linq.Expressions;
using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Storage.Linq;

/// <summary>Refuses what a query does with documents and SQL cannot: a path of columns, and members of AttributeMap.</summary>
/// <remarks>
/// EF runs what it cannot translate of the last Select in memory, so methods of AttributeMap are refused only in conditions,
/// keys and orders. Its properties are refused everywhere: Npgsql would take Count for a member of the JSON.
/// </remarks>
internal sealed class DocumentQueryCheck : ExpressionVisitor
{
    private static readonly Type[] Operators = [typeof(Queryable), typeof(EntityFrameworkQueryableExtensions)];

    private bool _isInSql;

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        if (node.Method.DeclaringType == typeof(ExtendDbFunctions)
            && node.Arguments[1].Type == typeof(PathElement[]) && node.Arguments[1] is not ConstantExpression)
        {
            throw new InvalidOperationException(
                $"The path of ExtendDbFunctions.{node.Method.Name} is a part of the SQL statement: its names and indexes have to "
                + "be constants or variables. Columns and the parameters of compiled queries cannot be used.");
        }

        if (node.Object?.Type == typeof(AttributeMap) && node.Method.Name != nameof(Equals))
        {
            Refuse(node.Method.IsSpecialName ? "the indexer" : node.Method.Name, _isInSql);
        }
        else if (node.Method.DeclaringType == typeof(Enumerable) && node.Arguments[0].Type == typeof(AttributeMap))
        {
            Refuse(node.Method.Name, _isInSql);
        }

        return Operators.Contains(node.Method.DeclaringType) ? VisitOperator(node) : base.VisitMethodCall(node);
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        if (node.Expression?.Type == typeof(AttributeMap))
        {
            // The map of an AttributeValue.M comes from the indexer, which runs in memory where it runs at all.
            var isDocument = node.Expression is not MemberExpression { Member.DeclaringType: var holder } || holder != typeof(AttributeValue.M);
            Refuse(node.Member.Name, isDocument || _isInSql);
        }

        return base.VisitMember(node);
    }

    private MethodCallExpression VisitOperator(MethodCallExpression node)
    {
        foreach (var argument in node.Arguments)
        {
            var outside = _isInSql;
            _isInSql = outside || argument is UnaryExpression { Operand: LambdaExpression lambda } && !IsResult(node, lambda);
            Visit(argument);
            _isInSql = outside;
        }

        return node;
    }

    // The last lambda of these makes the results.
    private static bool IsResult(MethodCallExpression node, LambdaExpression lambda) =>
        node.Arguments[^1] is UnaryExpression { Operand: var last } && last == lambda
        && (node.Method.Name is nameof(Queryable.Select) or nameof(Queryable.SelectMany)
            || (node.Method.Name.EndsWith("Join", StringComparison.Ordinal) || node.Method.Name is nameof(Queryable.GroupBy))
            && lambda.Parameters.Count == 2);

    private static void Refuse(string member, bool isInSql)
    {
        if (isInSql)
        {
            throw new InvalidOperationException(
                $"A query cannot use {member} of an AttributeMap, because PostgreSQL runs this part of the query. Read attributes "
                + "by ExtendDbFunctions, such as ExtendDbFunctions.String(item.Document, \"Artist\"): String, Number, Boolean, Binary, "
                + "Exists, and Contains for the members of sets and lists. Or select the whole Document, and read it in memory.");
        }
    }
}
