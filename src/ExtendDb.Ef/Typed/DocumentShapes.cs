using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Typed;

/// <summary>Finds the shapes of types by their JSON contracts.</summary>
/// <param name="options">The options that have the contracts.</param>
internal sealed class DocumentShapes(JsonSerializerOptions options)
{
    private static readonly FrozenSet<Type> Sets = new[]
    {
        typeof(ISet<>), typeof(IReadOnlySet<>), typeof(HashSet<>), typeof(SortedSet<>), typeof(FrozenSet<>),
        typeof(IImmutableSet<>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>),
    }.ToFrozenSet();

    private readonly ConcurrentDictionary<Type, DocumentShape> _shapes = [];

    /// <summary>Returns the shape of a member, or of what is in its place in a document.</summary>
    public DocumentShape Of(JsonPropertyInfo member) =>
        member.CustomConverter is null || IsAttribute(member.PropertyType) ? Of(member.PropertyType) : DocumentShape.Plain;

    /// <summary>Returns the shape of a type; plain when there is no contract for it.</summary>
    public DocumentShape Of(Type? type) => type is null ? DocumentShape.Plain : _shapes.GetOrAdd(type, Find);

    private DocumentShape Find(Type type)
    {
        if (typeof(AttributeValue).IsAssignableFrom(type))
        {
            return new() { Form = DocumentForm.AttributeValue };
        }

        if (type == typeof(AttributeMap))
        {
            return new() { Form = DocumentForm.AttributeMap };
        }

        var value = Nullable.GetUnderlyingType(type) ?? type;
        if (value == typeof(byte[]) || value == typeof(Memory<byte>) || value == typeof(ReadOnlyMemory<byte>))
        {
            return new() { Form = DocumentForm.Binary };
        }

        return options.TryGetTypeInfo(type, out var contract) ? Find(contract) : DocumentShape.Plain;
    }

    private static DocumentShape Find(JsonTypeInfo contract) => contract.Kind switch
    {
        JsonTypeInfoKind.Enumerable => new()
        {
            Form = IsSet(contract.Type) ? DocumentForm.Set : DocumentForm.List,
            Element = contract.ElementType,
        },
        JsonTypeInfoKind.Dictionary => new() { Form = DocumentForm.Dictionary, Element = contract.ElementType },
        JsonTypeInfoKind.Object => Object(contract),
        _ => DocumentShape.Plain,
    };

    private static DocumentShape Object(JsonTypeInfo contract)
    {
        // The second of two members of one name is one of the contract's errors, which the serializer reports.
        var members = new Dictionary<string, JsonPropertyInfo>(StringComparer.Ordinal);
        foreach (var member in contract.Properties.Where(member => !member.IsExtensionData))
        {
            members.TryAdd(member.Name, member);
        }

        var derived = contract.PolymorphismOptions?.DerivedTypes
            .Where(type => type.TypeDiscriminator is not null)
            .ToDictionary(
                type => type.TypeDiscriminator is int number ? (AttributeValue)number : (string)type.TypeDiscriminator!,
                type => type.DerivedType);
        return new()
        {
            Form = DocumentForm.Object,
            Members = members,
            EmptySets = [.. members.Values.Where(IsSetThatCannotBeNull).Select(member => member.Name)],
            Discriminator = derived is { Count: > 0 } ? contract.PolymorphismOptions!.TypeDiscriminatorPropertyName : null,
            DerivedTypes = derived ?? [],
        };
    }

    private static bool IsAttribute(Type type) => typeof(AttributeValue).IsAssignableFrom(type) || type == typeof(AttributeMap);

    private static bool IsSetThatCannotBeNull(JsonPropertyInfo member) =>
        member.CustomConverter is null && IsSet(member.PropertyType)
        && !(member.AssociatedParameter?.IsNullable ?? member.IsSetNullable);

    private static bool IsSet(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && Sets.Contains(type.GetGenericTypeDefinition()))
            {
                return true;
            }
        }

        return false;
    }
}
