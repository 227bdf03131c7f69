using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>Tests of times and costs, which run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class AloneCollection
{
    public const string Name = "Alone";
}
