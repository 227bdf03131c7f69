using System.Globalization;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Storage.Linq;

/// <summary>Paths into stored documents, where each value stands under the name of its type.</summary>
internal static class StoredPath
{
    /// <summary>Returns the path to a value, such as <c>Address, M, City</c>.</summary>
    /// <exception cref="ArgumentException">The path is empty, or begins with an index.</exception>
    public static IEnumerable<string> To(PathElement[] path)
    {
        if (path is not [{ Step.Name: not null }, ..])
        {
            throw new ArgumentException(
                "The path of an ExtendDbFunctions call has to begin with the name of an attribute.", nameof(path));
        }

        return path.SelectMany(Names).Skip(1);
    }

    /// <summary>Returns the path to the content of a value of a type, such as <c>Address, M, City, S</c>.</summary>
    /// <inheritdoc cref="To(PathElement[])"/>
    public static IEnumerable<string> To(PathElement[] path, AttributeType type) => To(path).Append(type.ToString());

    private static IEnumerable<string> Names(PathElement element) => element.Step.Name is { } name
        ? [nameof(AttributeType.M), NulEscaping.Stored.Encode(name)]
        : [nameof(AttributeType.L), element.Step.Index.ToString(CultureInfo.InvariantCulture)];
}
