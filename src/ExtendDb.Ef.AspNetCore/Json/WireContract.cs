using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Json;

/// <summary>Decides which members of requests and responses are part of the JSON.</summary>
internal static class WireContract
{
    private static readonly Type[] Descriptions =
    [
        typeof(TableDescription), typeof(IndexDescription), typeof(Projection),
    ];

    private static readonly JsonSerializerOptions Options = new(WireJson.Default.Options)
    {
        TypeInfoResolver = WireJson.Default.WithAddedModifier(LeaveOut).WithAddedModifier(RequireNothing),
    };

    /// <summary>Returns the JSON contract of a request or a response.</summary>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>
    /// Lets members that .NET requires be missing: the operation then refuses the request with DynamoDB's message.
    /// </summary>
    private static void RequireNothing(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
        {
            member.IsRequired = false;
        }
    }

    /// <summary>Leaves out empty lists, and members of descriptions that DynamoDB does not have.</summary>
    private static void LeaveOut(JsonTypeInfo type)
    {
        if (!Descriptions.Contains(type.Type))
        {
            return;
        }

        foreach (var member in type.Properties)
        {
            if (member.PropertyType == typeof(TimeSpan?))
            {
                member.ShouldSerialize = (_, _) => false;
            }
            else if (member.PropertyType != typeof(string) && member.PropertyType.IsAssignableTo(typeof(IEnumerable)))
            {
                member.ShouldSerialize = (_, list) => ((IEnumerable?)list)?.GetEnumerator().MoveNext() == true;
            }
        }
    }
}
