using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Propagation;

/// <summary>The state of back-pressure that exists once for each database.</summary>
internal static class BackpressurePart
{
    extension(ExtendDbRuntime runtime)
    {
        public Backpressure Backpressure => runtime.Part<Backpressure>();
    }
}
