using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.CrashTests;

/// <summary>A ledger of parcels that also prints what is begun and what is answered, for a process that may be killed.</summary>
internal sealed class Journal(TextWriter output) : Ledger
{
    public const string Begun = "begun";
    public const string Yes = "acknowledged";
    public const string No = "unanswered";
    public const string Nothing = "nothing";

    private int _last;

    public override async Task<bool> WriteAsync(
        IReadOnlyList<(Place Place, AttributeMap? Item)> changes, Func<Task<bool>> write)
    {
        // Each line leaves the process before the next step: what is killed later has said it.
        var id = Interlocked.Increment(ref _last);
        output.WriteLine($"{Begun} {id} {string.Join(' ', changes.Select(change => Text(change.Place, change.Item)))}");
        var written = await base.WriteAsync(changes, write);
        output.WriteLine($"{(written ? Yes : No)} {id}");
        return written;
    }

    private static string Text(Place place, AttributeMap? item) =>
        $"{Parcels.Driver(place.Key)}/{Parcels.Number(place.Key)}/{(item is null ? Nothing : Parcels.Moves(item))}";
}
