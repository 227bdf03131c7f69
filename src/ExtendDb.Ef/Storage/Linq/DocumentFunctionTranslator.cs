using System.Reflection;
using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query;

namespace ExtendDb.Ef.Storage.Linq;

/// <summary>Translates <see cref="ExtendDbFunctions"/> to expressions such as <c>document #>> '{Artist,S}'</c>.</summary>
internal sealed class DocumentFunctionTranslator(ISqlExpressionFactory sql, IRelationalTypeMappingSource types)
    : IMethodCallTranslator
{
    private readonly RelationalTypeMapping _text = types.FindMapping(typeof(string), "text")!;

    // Comparisons take the mapping over for the other side, so that both sides have U+0000 escaped.
    private readonly RelationalTypeMapping _storedText =
        (RelationalTypeMapping)types.FindMapping(typeof(string), "text")!.WithComposedConverter(new StoredTextConverter());

    public SqlExpression? Translate(
        SqlExpression? instance,
        MethodInfo method,
        IReadOnlyList<SqlExpression> arguments,
        IDiagnosticsLogger<DbLoggerCategory.Query> logger)
    {
        if (method.DeclaringType != typeof(ExtendDbFunctions)
            || arguments is not [{ TypeMapping: { StoreType: "jsonb" } jsonb } document, var of])
        {
            return null;
        }

        return (method.Name, of) switch
        {
            (nameof(ExtendDbFunctions.Contains), _) => ((NpgsqlSqlExpressionFactory)sql).Contains(document, sql.ApplyTypeMapping(of, jsonb)),
            (_, SqlConstantExpression { Value: PathElement[] path }) => At(document, path, method.Name),
            _ => null,
        };
    }

    private SqlExpression? At(SqlExpression document, PathElement[] path, string function) => function switch
    {
        nameof(ExtendDbFunctions.String) => Text(document, path),
        nameof(ExtendDbFunctions.Number) => Value(document, path, AttributeType.N, typeof(decimal?), "numeric"),
        nameof(ExtendDbFunctions.Boolean) => Value(document, path, AttributeType.BOOL, typeof(bool?), "boolean"),
        nameof(ExtendDbFunctions.Binary) => Value(document, path, AttributeType.B, typeof(byte[]), "bytea"),
        nameof(ExtendDbFunctions.Exists) => sql.IsNotNull(Json(document, StoredPath.To(path), typeof(string), _text)),
        _ => null,
    };

    // Npgsql writes no parentheses around #>>. CAST takes their place, for what binds as tightly (||) or more tightly
    // (COLLATE); from text to text it is no step of the plan, so an index on the bare expression is used.
    private SqlExpression Text(SqlExpression document, PathElement[] path) => sql.Convert(
        Json(document, StoredPath.To(path, AttributeType.S), typeof(string), _storedText), typeof(string), _storedText);

    private JsonScalarExpression Value(
        SqlExpression document, PathElement[] path, AttributeType type, Type clrType, string storeType) =>
        Json(document, StoredPath.To(path, type), clrType, types.FindMapping(clrType, storeType)!);

    private JsonScalarExpression Json(
        SqlExpression document, IEnumerable<string> names, Type clrType, RelationalTypeMapping mapping) =>
        new(document, [.. names.Select(Segment)], clrType, mapping, nullable: true);

    // In an array literal without quotes, which Npgsql writes where all names are letters and digits, null is no name.
    private PathSegment Segment(string name) => name.Equals("null", StringComparison.OrdinalIgnoreCase)
        ? new(sql.Convert(sql.Constant(name, _text), typeof(string), _text))
        : new(name);
}
