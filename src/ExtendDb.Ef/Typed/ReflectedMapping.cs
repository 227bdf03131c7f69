using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ExtendDb.Ef.Typed;

/// <summary>The mappings of classes by reflection, with System.Text.Json's defaults, each found once.</summary>
internal static class ReflectedMapping
{
    public const string Reason =
        "The members of the class are found by reflection. A program that is trimmed passes a mapping of a source-generated JsonTypeInfo.";

    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static ItemMapping<T> Of<T>()
        where T : class =>
        Known<T>.Mapping ??= new((JsonTypeInfo<T>)JsonSerializerOptions.Default.GetTypeInfo(typeof(T)));

    private static class Known<T>
        where T : class
    {
        public static ItemMapping<T>? Mapping { get; set; }
    }
}
