using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.CrashTests;

/// <summary>What a sampler reads.</summary>
/// <param name="Request">Reads one partition of an index.</param>
/// <param name="Key">The key of an entry's item.</param>
/// <param name="Counter">The attribute that the one writer of an item raises with every change.</param>
/// <param name="Begun">The highest counter that the writer of a key has begun to write.</param>
internal sealed record SampledIndex(
    QueryRequest Request, Func<AttributeMap, AttributeMap> Key, string Counter, Func<AttributeMap, long> Begun);
