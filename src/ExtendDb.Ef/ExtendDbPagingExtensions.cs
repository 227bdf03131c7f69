using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef;

/// <summary>Reads all pages of a Query or a Scan, one after the other.</summary>
public static class ExtendDbPagingExtensions
{
    /// <summary>Reads the items of all pages of a Query, in the order of the sort key.</summary>
    /// <param name="extendDb">The operations.</param>
    /// <param name="request">The request for the first page. Its Limit is that of each page, not of all items.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The items; none with Select COUNT.</returns>
    /// <exception cref="ValidationException">The request breaks a rule.</exception>
    /// <exception cref="ResourceNotFoundException">The table or the index does not exist.</exception>
    /// <remarks>
    /// A page is read when its first item is asked for, and one page is held in memory, so stop the loop to read no more. Each
    /// page is as consistent as a Query is; what is written meanwhile may be in a later page. Cost: a Query for each page.
    /// </remarks>
    public static IAsyncEnumerable<AttributeMap> QueryItemsAsync(
        this IExtendDb extendDb, QueryRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(extendDb);
        ArgumentNullException.ThrowIfNull(request);
        return ReadAsync(
            async (from, token) =>
            {
                var page = await extendDb.QueryAsync(from is null ? request : request with { ExclusiveStartKey = from }, token);
                return (page.Items, page.LastEvaluatedKey);
            },
            cancellationToken);
    }

    /// <summary>Reads the items of all pages of a Scan, or of one of its segments.</summary>
    /// <param name="extendDb">The operations.</param>
    /// <param name="request">The request for the first page. Its Limit is that of each page, not of all items.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The items; none with Select COUNT.</returns>
    /// <exception cref="ValidationException">The request breaks a rule.</exception>
    /// <exception cref="ResourceNotFoundException">The table or the index does not exist.</exception>
    /// <remarks>
    /// A page is read when its first item is asked for, and one page is held in memory, so stop the loop to read no more. Each
    /// page is as consistent as a Scan is; what is written meanwhile may be in a later page. Cost: a Scan for each page.
    /// </remarks>
    public static IAsyncEnumerable<AttributeMap> ScanItemsAsync(
        this IExtendDb extendDb, ScanRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(extendDb);
        ArgumentNullException.ThrowIfNull(request);
        return ReadAsync(
            async (from, token) =>
            {
                var page = await extendDb.ScanAsync(from is null ? request : request with { ExclusiveStartKey = from }, token);
                return (page.Items, page.LastEvaluatedKey);
            },
            cancellationToken);
    }

    /// <summary>Reads all items of a Scan in several segments at a time.</summary>
    /// <param name="extendDb">
    /// The operations as <c>AddExtendDb</c> registers them; those of a context do one thing at a time.
    /// </param>
    /// <param name="request">The request for the first page of each segment; it names no segment and no start key.</param>
    /// <param name="segments">The number of segments, 1 to 1,000,000, each of which holds a connection while it reads a page.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The items in no promised order; none with Select COUNT.</returns>
    /// <exception cref="ArgumentException">The request names a segment or a start key.</exception>
    /// <exception cref="ValidationException">The request breaks a rule.</exception>
    /// <exception cref="ResourceNotFoundException">The table or the index does not exist.</exception>
    /// <remarks>
    /// Each segment reads one page ahead of the loop, and waits until its items are taken. When one fails, or the loop ends, the
    /// others stop. Cost: a Scan for each page.
    /// </remarks>
    public static async IAsyncEnumerable<AttributeMap> ScanItemsAsync(
        this IExtendDb extendDb,
        ScanRequest request,
        int segments,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(extendDb);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(segments, 1);
        if (request is not { Segment: null, TotalSegments: null, ExclusiveStartKey: null })
        {
            throw new ArgumentException("A parallel Scan names neither a segment nor a start key.", nameof(request));
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var items = Channel.CreateBounded<AttributeMap>(new BoundedChannelOptions(segments) { SingleReader = true });
        var reading = Task.WhenAll(Enumerable.Range(0, segments).Select(segment => Task.Run(
            async () =>
            {
                try
                {
                    var part = request with { Segment = segment, TotalSegments = segments };
                    await foreach (var item in extendDb.ScanItemsAsync(part, stop.Token))
                    {
                        await items.Writer.WriteAsync(item, stop.Token);
                    }
                }
                catch
                {
                    await stop.CancelAsync();
                    throw;
                }
            },
            CancellationToken.None)));
        _ = reading.ContinueWith(
            ended => items.Writer.Complete(Cause(ended)), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            // A failed segment completes the channel with its exception.
            await foreach (var item in items.Reader.ReadAllAsync(cancellationToken))
            {
                yield return item;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    // The first failure stops the other segments, whose cancellations say nothing.
    private static Exception? Cause(Task ended) =>
        ended.Exception?.InnerExceptions.FirstOrDefault(failure => failure is not OperationCanceledException) ?? ended.Exception;

    private static async IAsyncEnumerable<AttributeMap> ReadAsync(
        Func<AttributeMap?, CancellationToken, Task<(IReadOnlyList<AttributeMap> Items, AttributeMap? Last)>> readPage,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AttributeMap? from = null;
        do
        {
            (var items, from) = await readPage(from, cancellationToken);
            foreach (var item in items)
            {
                yield return item;
            }
        }
        while (from is not null);
    }
}
