using ExtendDb.Ef.Model;
using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef.ServerTests.Protocol;

/// <summary>Makes tables for requests that no SDK sends.</summary>
internal static class WireTables
{
    /// <summary>The global index of every such table, over the attribute <c>g</c>.</summary>
    public const string Index = "by-g";

    /// <summary>Creates a table with the partition key <c>p</c>, a string, one global index and a stream.</summary>
    /// <returns>Its name, which no other table has.</returns>
    public static async Task<string> CreateTableAsync(this WireServer server) =>
        await server.App.Services.CreateTableAsync();

    /// <inheritdoc cref="CreateTableAsync(WireServer)"/>
    public static async Task<string> CreateTableAsync(this IServiceProvider services)
    {
        var name = $"wire_{Guid.NewGuid():N}";
        await services.GetRequiredService<IExtendDb>().CreateTableAsync(new(
            name, [new("p", KeyType.HASH)], [new("p", AttributeType.S), new("g", AttributeType.S)])
        {
            GlobalSecondaryIndexes = [new(Index, [new("g", KeyType.HASH)], Projection.All)],
            StreamSpecification = new(true, StreamViewType.NEW_AND_OLD_IMAGES),
        });
        return name;
    }
}
