using System.Globalization;
using ExtendDb.Ef.Model;
using Npgsql;

namespace ExtendDb.Ef.CrashTests;

/// <summary>Does in a ledger of this process what the journal of another one says, up to the line at which it was killed.</summary>
internal sealed class JournalReader(Ledger ledger)
{
    private readonly Dictionary<int, TaskCompletionSource<bool>> _open = [];
    private readonly List<Task> _written = [];

    /// <summary>Says that nobody will answer any more what is still open.</summary>
    public async Task EndAsync()
    {
        foreach (var answer in _open.Values)
        {
            answer.SetException(new NpgsqlException("The writer was killed."));
        }

        await Task.WhenAll(_written);
    }

    public void Take(string line)
    {
        var words = line.Split(' ');
        var id = int.Parse(words[1], CultureInfo.InvariantCulture);
        if (words[0] == Journal.Begun)
        {
            var answer = _open[id] = new();
            _written.Add(ledger.WriteAsync([.. words[2..].Select(Change)], () => answer.Task));
            return;
        }

        // What waits for the answer runs before the next line is taken, so the ledger sees the order of the journal.
        _open.Remove(id, out var open);
        if (words[0] == Journal.Yes)
        {
            open!.SetResult(true);
        }
        else
        {
            open!.SetException(new NpgsqlException("The writer got no answer."));
        }
    }

    private static (Ledger.Place Place, AttributeMap? Item) Change(string text)
    {
        var parts = text.Split('/');
        var (driver, number) = (Number(parts[0]), Number(parts[1]));
        return (
            Parcels.Place(driver, number),
            parts[2] == Journal.Nothing ? null : Parcels.After(driver, number, Number(parts[2])));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
