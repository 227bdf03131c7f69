using ExtendDb.Ef.Model;
using ExtendDb.Ef.WebConsole.Changes;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.WebConsole.Components.Parts;

/// <summary>A page or a part of one that shows why something did not work, instead of failing.</summary>
public abstract class ConsoleComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _closed = new();

    /// <summary>Gets the message of the last failure; null after a success.</summary>
    protected string? Problem { get; private set; }

    /// <summary>Gets what the last action has done; null when there is nothing to say.</summary>
    protected string? Done { get; set; }

    /// <summary>Gets whether an action runs.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Gets the token that is cancelled when the page is left.</summary>
    protected CancellationToken Closed => _closed.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the component.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!_closed.IsCancellationRequested)
        {
            _closed.Cancel();
            _closed.Dispose();
        }
    }

    /// <summary>Runs an action, and shows its failure.</summary>
    /// <returns>Whether it succeeded.</returns>
    protected async Task<bool> TryAsync(Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        (Problem, Done, IsBusy) = (null, null, true);
        try
        {
            await action();
            return true;
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception failed) when (IsExpected(failed))
        {
            Problem = failed.Message;
            return false;
        }
        finally
        {
            IsBusy = false;
        }
    }

    private static bool IsExpected(Exception failed) => failed
        is DynamoDbException or ChangeRefusedException or NpgsqlException or DbUpdateException or TimeoutException
        or FormatException or System.Text.Json.JsonException or OperationCanceledException or ArgumentException
        or SchemaVersionException;
}
