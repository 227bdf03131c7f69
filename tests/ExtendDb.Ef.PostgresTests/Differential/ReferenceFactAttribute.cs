using Xunit;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>A test against another implementation of DynamoDB, which nobody needs to have: without one it is skipped.</summary>
internal sealed class ReferenceFactAttribute : FactAttribute
{
    private const string Variable = "EXTENDDB_REFERENCE_ENDPOINT";

    public ReferenceFactAttribute()
    {
        if (Endpoint is null)
        {
            Skip = $"{Variable} names no DynamoDB Local to compare with, such as http://127.0.0.1:8000.";
        }
    }

    public static Uri? Endpoint { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } endpoint ? new(endpoint) : null;
}
