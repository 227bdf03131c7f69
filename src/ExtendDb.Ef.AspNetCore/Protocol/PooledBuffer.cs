using System.Buffers;

namespace ExtendDb.Ef.AspNetCore.Protocol;

/// <summary>A buffer that is written once and then read, in memory of the shared pool unless it is large.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 4 * 1_024;

    // The pool keeps an array of each size for each thread: for the largest requests that would be gigabytes.
    private const int MostPooled = 1_024 * 1_024;

    private byte[] _bytes = [];

    /// <summary>Gets the number of written bytes.</summary>
    public int Length { get; private set; }

    /// <summary>Gets the written bytes.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Returns a stream that reads the written bytes.</summary>
    public Stream AsStream() => new MemoryStream(_bytes, 0, Length, writable: false);

    /// <summary>Clears the buffer.</summary>
    public void Clear() => Length = 0;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        Release();
        Length = 0;
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - Length >= more)
        {
            return;
        }

        var size = Math.Max(FirstSize, Math.Max(Length + more, 2 * _bytes.Length));
        var larger = size <= MostPooled
            ? ArrayPool<byte>.Shared.Rent(size)
            : GC.AllocateUninitializedArray<byte>(size);
        Written.CopyTo(larger);
        Release();
        _bytes = larger;
    }

    private void Release()
    {
        if (_bytes.Length is > 0 and <= MostPooled)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = [];
    }
}
