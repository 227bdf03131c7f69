using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef;

/// <summary>Gives a context DynamoDB's operations.</summary>
public static class ExtendDbContextExtensions
{
    /// <summary>Returns DynamoDB's operations on a context: what they write is saved with it, in its transaction.</summary>
    /// <param name="context">A context with UseExtendDb() in its model and its options.</param>
    /// <returns>Operations that belong to this context and are not safe for two threads, as it is not.</returns>
    /// <remarks>
    /// A write saves whatever else the context tracks, in one transaction: the one that the caller began, else one of
    /// its own.
    /// </remarks>
    public static IExtendDb ExtendDb(this DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ExtendDbOperations(() => context, ownsContexts: false);
    }
}
