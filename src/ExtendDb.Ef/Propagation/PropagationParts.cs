using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Propagation;

/// <summary>The state of propagation that exists once for each database.</summary>
internal static class PropagationParts
{
    extension(ExtendDbRuntime runtime)
    {
        public QueueScanHints Hints => runtime.Part<QueueScanHints>();

        public SlotRotation Rotation => runtime.Part<SlotRotation>();

        public MarkerBatch Batches => runtime.Part<MarkerBatch>();

        public LagReader Lag => runtime.Part<LagReader>();
    }
}
