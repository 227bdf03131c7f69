using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Writing;

/// <summary>The state of writing that exists once for each database.</summary>
internal static class WritingParts
{
    extension(ExtendDbRuntime runtime)
    {
        public UncommittedSaves UncommittedSaves => runtime.Part<UncommittedSaves>();
    }
}
