using Xunit;

namespace ExtendDb.Ef.ServerTests;

/// <summary>Tests of memory, times and metrics, which run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class AloneCollection
{
    public const string Name = "Alone";
}
