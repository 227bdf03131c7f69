using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Configurations;

/// <summary>Maps a list of definitions to jsonb as DynamoDB's API writes it; such a list never changes.</summary>
internal static class JsonListConversion
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() } };

    public static PropertyBuilder<IReadOnlyList<T>> IsJsonList<T>(this PropertyBuilder<IReadOnlyList<T>> property) =>
        property
            .HasColumnType("jsonb")
            .HasConversion(
                list => JsonSerializer.Serialize(list, Options),
                json => Read<T>(json),
                new ValueComparer<IReadOnlyList<T>>(
                    (left, right) => left == right || (left != null && right != null && left.SequenceEqual(right)),
                    list => list.Count,
                    list => list));

    /// <summary>Reads a list from the text of its column.</summary>
    public static IReadOnlyList<T> Read<T>(string json) => JsonSerializer.Deserialize<T[]>(json, Options)!;
}
