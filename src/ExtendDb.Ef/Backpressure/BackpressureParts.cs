using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Backpressure;

/// <summary>The state of back-pressure that exists once for each database.</summary>
internal static class BackpressureParts
{
    extension(ExtendDbRuntime runtime)
    {
        public Backpressure Backpressure => runtime.Part<Backpressure>();
    }
}
