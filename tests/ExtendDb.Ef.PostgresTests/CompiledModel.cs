using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Scaffolding;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal;

namespace ExtendDb.Ef.PostgresTests;

/// <summary>
/// Does what <c>dotnet ef dbcontext optimize</c> and a build do in a user's project: generates the model of a context as
/// code, and compiles that in an assembly that sees no internals.
/// </summary>
internal static class CompiledModel
{
    private const string Assembly = "Users.CompiledModel";

    /// <summary>Compiles the model of a context.</summary>
    /// <exception cref="InvalidOperationException">The generated code has errors; they are in the message.</exception>
    public static IModel Of(DbContext context)
    {
        var name = $"{Assembly}.{Guid.NewGuid():N}";
        var compilation = CSharpCompilation.Create(
            name,
            Generate(context).Select(code => CSharpSyntaxTree.ParseText(code)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Select(path => MetadataReference.CreateFromFile(path)),
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        if (!emitted.Success)
        {
            throw new InvalidOperationException(string.Join(
                '\n', emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        }

        image.Position = 0;
        return (IModel)AssemblyLoadContext.Default.LoadFromStream(image)
            .GetType($"{Assembly}.{context.GetType().Name}Model", throwOnError: true)!
            .GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
    }

    private static List<string> Generate(DbContext context)
    {
        var folder = Directory.CreateTempSubdirectory("extenddb-compiled-model-");
        try
        {
            var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices()
                .AddDbContextDesignTimeServices(context);
#pragma warning disable EF1001 // As dotnet-ef does: it takes the provider's services by this class.
            new NpgsqlDesignTimeServices().ConfigureDesignTimeServices(services);
#pragma warning restore EF1001
            using var provider = services.BuildServiceProvider();
            using var scope = provider.CreateScope();
            return
            [
                .. scope.ServiceProvider.GetRequiredService<ICompiledModelScaffolder>().ScaffoldModel(
                    context.GetService<IDesignTimeModel>().Model,
                    folder.FullName,
                    new()
                    {
                        ContextType = context.GetType(),
                        ModelNamespace = Assembly,
                        UseNullableReferenceTypes = true,
                        Language = "C#",
                    }).Select(File.ReadAllText),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
