using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExtendDb.Ef.Tests.Architecture;

/// <summary>The source files of ExtendDb.Ef: which types they declare, and which types of other files they use.</summary>
internal sealed class CoreSources
{
    private readonly string _root;
    private readonly CSharpCompilation _compilation;

    public CoreSources()
    {
        _root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../src/ExtendDb.Ef"));
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var trees = Directory.EnumerateFiles(_root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !FolderOf(file).StartsWith("bin", StringComparison.Ordinal)
                && (!FolderOf(file).StartsWith("obj", StringComparison.Ordinal) || file.EndsWith("GlobalUsings.g.cs", StringComparison.Ordinal)))
            .DistinctBy(file => file.EndsWith("GlobalUsings.g.cs", StringComparison.Ordinal) ? "usings" : file)
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) != "ExtendDb.Ef.dll")
            .Select(path => MetadataReference.CreateFromFile(path));
        _compilation = CSharpCompilation.Create("ExtendDb.Ef", trees, references);
    }

    /// <summary>Returns every type that a file declares outside of another type.</summary>
    public IEnumerable<(string File, string Folder, INamedTypeSymbol Type)> Types() =>
        from tree in Trees()
        let model = _compilation.GetSemanticModel(tree)
        from declaration in tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>()
        where declaration is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax
            && declaration.Parent is BaseNamespaceDeclarationSyntax
        where declaration.Parent is BaseNamespaceDeclarationSyntax
        select (Relative(tree), FolderOf(tree.FilePath), (INamedTypeSymbol)model.GetDeclaredSymbol(declaration)!);

    /// <summary>Returns every use of a type that another file declares; documentation is not a use.</summary>
    public IEnumerable<(string File, string Folder, string Type, string TypeFolder)> Uses() =>
        from tree in Trees()
        let model = _compilation.GetSemanticModel(tree)
        from node in tree.GetRoot().DescendantNodes()
        where node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax
        let type = TypeOf(model.GetSymbolInfo(node))
        where type is not null
        let declared = type.DeclaringSyntaxReferences.First().SyntaxTree.FilePath
        where declared != tree.FilePath
        select (Relative(tree), FolderOf(tree.FilePath), type.Name, FolderOf(declared));

    private static INamedTypeSymbol? TypeOf(SymbolInfo info)
    {
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type is { DeclaringSyntaxReferences.Length: > 0 } ? type : null;
    }

    private IEnumerable<SyntaxTree> Trees() =>
        _compilation.SyntaxTrees.Where(tree => !FolderOf(tree.FilePath).StartsWith("obj", StringComparison.Ordinal));

    private string Relative(SyntaxTree tree) => Path.GetRelativePath(_root, tree.FilePath).Replace('\\', '/');

    private string FolderOf(string file) => Path.GetDirectoryName(Path.GetRelativePath(_root, file))!.Replace('\\', '/');

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
