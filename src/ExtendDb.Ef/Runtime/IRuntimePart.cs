namespace ExtendDb.Ef.Runtime;

/// <summary>
/// State of a folder below this one that exists once for each runtime, such as the scan hints of propagation.
/// </summary>
/// <typeparam name="TSelf">The type of the part.</typeparam>
internal interface IRuntimePart<TSelf>
    where TSelf : class, IRuntimePart<TSelf>
{
    /// <summary>Creates the part of a runtime.</summary>
    static abstract TSelf Create(ExtendDbRuntime runtime);
}
