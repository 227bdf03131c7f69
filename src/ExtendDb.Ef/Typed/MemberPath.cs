using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Text.Json.Serialization.Metadata;

namespace ExtendDb.Ef.Typed;

/// <summary>Finds the attributes that <c>song => song.Label.City</c> names.</summary>
internal static class MemberPath
{
    /// <exception cref="ArgumentException">The lambda is more than members of members, or one of them is not stored.</exception>
    public static ImmutableArray<JsonPropertyInfo> Of(LambdaExpression lambda, DocumentShapes shapes)
    {
        var path = new Stack<JsonPropertyInfo>();
        var expression = Unconverted(lambda.Body);
        while (expression is MemberExpression { Expression: { } owner } member)
        {
            var type = Unconverted(owner).Type;
            path.Push(shapes.Of(type).Members.Values.FirstOrDefault(property => ItemMember.IsOf(property, member.Member.Name))
                ?? throw new ArgumentException($"{type.Name}.{member.Member.Name} is not a member that JSON of {type.Name} has."));
            expression = Unconverted(owner);
        }

        return expression is ParameterExpression && path.Count > 0
            ? [.. path]
            : throw new ArgumentException($"{lambda} names no member: write it like item => item.Member or item => item.Member.Inner.");
    }

    private static Expression Unconverted(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert } conversion ? conversion.Operand : expression;
}
