using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;

namespace ExtendDb.Ef.Storage.Linq;

/// <summary>Gives EF the translations of <see cref="ExtendDbFunctions"/>, whatever model the context has.</summary>
/// <remarks>Functions of a model (HasDbFunction with a translation) cannot be part of a compiled model.</remarks>
internal sealed class DocumentFunctionTranslatorPlugin(ISqlExpressionFactory sql, IRelationalTypeMappingSource types)
    : IMethodCallTranslatorPlugin
{
    public IEnumerable<IMethodCallTranslator> Translators { get; } = [new DocumentFunctionTranslator(sql, types)];
}
