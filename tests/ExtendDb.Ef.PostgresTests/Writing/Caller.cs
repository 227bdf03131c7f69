using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>A context whose caller is in a transaction of some kind, or in none.</summary>
/// <remarks>All of it is synchronous: a scope that an asynchronous method begins has ended for the test when that returns.</remarks>
internal sealed class Caller : IDisposable
{
    public const string InNone = "no transaction";
    public const string InTransaction = "a transaction";
    public const string InSharedTransaction = "a transaction of another context";
    public const string InScope = "a scope";
    public const string Enlisted = "an enlisted transaction";
    public const string InScopeOfOthers = "a scope without enlistment";

    private readonly Stack<IDisposable> _ended = [];
    private Action _commit = () => { };

    private Caller(ExtendDbContext context) => Context = context;

    /// <summary>Gets the kinds of transactions that the operations of a context take part in.</summary>
    public static IReadOnlyList<(string Kind, string Connection)> InSome { get; } =
    [
        (InTransaction, "closed"), (InTransaction, "open"), (InSharedTransaction, "open"), (InScope, "closed"),
        (InScope, "open"), (InScope, "opened in it"), (Enlisted, "open"),
    ];

    /// <summary>Gets the kinds where each operation is a transaction of its own.</summary>
    public static IReadOnlyList<(string Kind, string Connection)> OnItsOwn { get; } =
    [
        (InNone, "closed"), (InNone, "open"), (InScopeOfOthers, "closed"), (InScopeOfOthers, "open"),
        (InScopeOfOthers, "opened in it"),
    ];

    public ExtendDbContext Context { get; }

    public IExtendDb Db => Context.ExtendDb();

    /// <summary>Begins a transaction of a kind.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="connection">Whether the caller opens the connection, and when.</param>
    public static Caller Begin(string connectionString, string kind, string connection)
    {
        var enlist = kind != InScopeOfOthers;
        var caller = new Caller(ContextOn(
            new NpgsqlConnectionStringBuilder(connectionString) { Enlist = enlist }.ConnectionString));
        if (connection == "open" && kind != InSharedTransaction)
        {
            caller.Context.Database.OpenConnection();
        }

        switch (kind)
        {
            case InTransaction:
                var own = caller.Context.Database.BeginTransaction();
                caller._ended.Push(own);
                caller._commit = own.Commit;
                break;
            case InSharedTransaction:
                return Sharing(caller);
            case Enlisted:
                var enlisted = new CommittableTransaction();
                caller.Context.Database.EnlistTransaction(enlisted);
                caller._ended.Push(enlisted);
                caller._commit = enlisted.Commit;
                break;
            case InScope or InScopeOfOthers:
                var scope = new TransactionScope(
                    TransactionScopeOption.Required,
                    new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted },
                    TransactionScopeAsyncFlowOption.Enabled);
                caller._ended.Push(scope);
                caller._commit = scope.Complete;
                break;
        }

        if (connection == "opened in it")
        {
            caller.Context.Database.OpenConnection();
        }

        return caller;
    }

    /// <summary>Commits the transaction, if there is one, and ends it.</summary>
    public void Commit()
    {
        _commit();
        End();
    }

    /// <summary>Rolls the transaction back, if there is one.</summary>
    public void RollBack() => End();

    public void Dispose()
    {
        End();
        Context.Dispose();
    }

    private static Caller Sharing(Caller first)
    {
        var transaction = first.Context.Database.BeginTransaction();
        var options = new DbContextOptionsBuilder<ExtendDbContext>();
        options.UseNpgsql(first.Context.Database.GetDbConnection()).UseExtendDb();
        var second = new Caller(new(options.Options));
        second.Context.Database.UseTransaction(transaction.GetDbTransaction());
        second._ended.Push(first.Context);
        second._ended.Push(transaction);
        second._commit = transaction.Commit;
        return second;
    }

    private static ExtendDbContext ContextOn(string connectionString)
    {
        var options = new DbContextOptionsBuilder<ExtendDbContext>();
        options.UseNpgsql(connectionString).UseExtendDb();
        return new(options.Options);
    }

    private void End()
    {
        while (_ended.TryPop(out var ended))
        {
            ended.Dispose();
        }
    }
}
