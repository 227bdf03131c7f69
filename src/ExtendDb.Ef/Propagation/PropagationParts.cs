using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Propagation;

/// <summary>The state of propagation that exists once for each database.</summary>
internal static class PropagationParts
{
    extension(ExtendDbRuntime runtime)
    {
        public ShardHints Hints => runtime.Part<ShardHints>();

        public MarkerBatch Batches => runtime.Part<MarkerBatch>();

        public LagProbe Lag => runtime.Part<LagProbe>();
    }
}
