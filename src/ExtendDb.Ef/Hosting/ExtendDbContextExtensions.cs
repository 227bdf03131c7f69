using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef;

/// <summary>Adds DynamoDB's operations to a context.</summary>
public static class ExtendDbContextExtensions
{
    /// <summary>Returns DynamoDB's operations on a context, whose transaction they take part in.</summary>
    /// <param name="context">A context that calls UseExtendDb() in its model and in its options.</param>
    /// <returns>The operations; like the context, they are not safe for two threads.</returns>
    /// <remarks>
    /// An operation that writes also saves all other changes that the context tracks, in one transaction: that of the
    /// caller, or one of its own when the caller has begun none. The first operation throws an
    /// <see cref="InvalidOperationException"/> when the options of the context do not call UseExtendDb().
    /// </remarks>
    public static IExtendDb ExtendDb(this DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ExtendDbOperations(() => new OperationContext(context, ExtendDbRuntime.Of(context)));
    }
}
