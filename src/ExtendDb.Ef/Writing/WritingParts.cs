using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Writing;

/// <summary>The parts of the runtime that belong to this folder.</summary>
internal static class WritingParts
{
    extension(ExtendDbRuntime runtime)
    {
        public UncommittedSaves UncommittedSaves => runtime.Part<UncommittedSaves>();
    }
}
