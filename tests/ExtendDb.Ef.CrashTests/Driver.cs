using System.Collections.Concurrent;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.CrashTests;

/// <summary>The one writer of some parcels. Numbers 1 and 2 are only written by transactions, and together.</summary>
internal sealed class Driver(
    IExtendDb db,
    int driver,
    Random random,
    Ledger ledger,
    ConcurrentDictionary<AttributeMap, long> begun,
    SavedParcels? saved = null)
{
    private const int Ways = 10;
    private const int MoreWays = 14;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private readonly int[] _numbers = [3, 4, 5, 6, 7, 8];
    private readonly HashSet<int> _gone = [];
    private int _next = 9;

    public async Task RunAsync(CancellationToken stop)
    {
        ledger.KeepTogether(Parcels.Place(driver, 1), Parcels.Place(driver, 2));

        // Not as fast as it can: the processes that are watched need the processor too.
        using var pace = new PeriodicTimer(Pace);
        while (!stop.IsCancellationRequested)
        {
            await (random.Next(saved is null ? Ways : MoreWays) switch
            {
                < 3 => PutAsync(Any()),
                < 5 => UpdateAsync(Any()),
                5 => DeleteAsync(Any()),
                6 => TransactAsync(),
                7 => BatchAsync(),
                8 => RetireAsync(),
                9 => LookAsync(),
                10 => CountAsync(Any()),
                11 => SaveAsync(SomeMoved(), saved!.SaveAsync),
                12 => SaveAsync(SomeMoved(), saved!.SaveUnreadAsync),
                _ => SaveAsync(SomeMoved(), saved!.TransactAsync),
            });
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private int Any() => _numbers[random.Next(_numbers.Length)];

    private Task<bool> PutAsync(int number)
    {
        var parcel = Moved(number);
        return WriteAsync([parcel], () => db.PutItemAsync(new(Parcels.Table, parcel.Item!)));
    }

    private Task<bool> UpdateAsync(int number)
    {
        var parcel = Moved(number);
        var set = parcel.Item!.Where(attribute => attribute.Key is not ("Driver" or "Number")).ToList();
        return WriteAsync([parcel], () => db.UpdateItemAsync(new(Parcels.Table, parcel.Place.Key)
        {
            UpdateExpression = $"SET {string.Join(", ", set.Select(attribute => $"{attribute.Key} = :{attribute.Key}"))}"
                + (parcel.Item!.ContainsKey("Town") ? string.Empty : " REMOVE Town"),
            ExpressionAttributeValues = new AttributeMap(set.Select(
                attribute => KeyValuePair.Create($":{attribute.Key}", attribute.Value))),
        }));
    }

    private Task<bool> DeleteAsync(int number)
    {
        var parcel = Moved(number);
        return WriteAsync(
            [parcel with { Item = null }], () => db.DeleteItemAsync(new(Parcels.Table, parcel.Place.Key)));
    }

    /// <summary>Deletes a parcel for good, and takes another number in its place.</summary>
    private async Task<bool> RetireAsync()
    {
        var slot = random.Next(_numbers.Length);
        if (!await DeleteAsync(_numbers[slot]))
        {
            return false;
        }

        _gone.Add(_numbers[slot]);
        _numbers[slot] = _next++;
        return true;
    }

    private Task<bool> TransactAsync()
    {
        Change[] twins = [Moved(1), Moved(2)];
        return random.Next(4) == 0
            ? WriteAsync(
                [.. twins.Select(twin => twin with { Item = null })],
                () => db.TransactWriteItemsAsync(new([.. twins.Select(
                    twin => new TransactWriteItem { Delete = new(Parcels.Table, twin.Place.Key) })])))
            : WriteAsync(twins, () => db.TransactWriteItemsAsync(new([.. twins.Select(
                twin => new TransactWriteItem { Put = new(Parcels.Table, twin.Item!) })])));
    }

    private Task<bool> BatchAsync()
    {
        var changes = SomeMoved();
        return WriteAsync(changes, async () => (await db.BatchWriteItemAsync(new(
            new Dictionary<string, IReadOnlyList<WriteRequest>>
            {
                [Parcels.Table] =
                [
                    .. changes.Select(change => change.Item is null
                        ? WriteRequest.Delete(change.Place.Key)
                        : WriteRequest.Put(change.Item)),
                ],
            }))).UnprocessedItems.Count == 0);
    }

    private Task<bool> CountAsync(int number)
    {
        var parcel = Moved(number);
        return WriteAsync([parcel], async () =>
        {
            await db.PutItemAsync(new(Parcels.Table, parcel.Item!));
            return await SavedParcels.CountAsync(db);
        });
    }

    private Task<bool> SaveAsync(
        List<Change> changes, Func<IReadOnlyList<(AttributeMap Key, AttributeMap? Item)>, Task> save) =>
        WriteAsync(changes, async () =>
        {
            await save([.. changes.Select(change => (change.Place.Key, change.Item))]);
            return true;
        });

    private List<Change> SomeMoved()
    {
        List<Change> changes = [.. _numbers.Order().Take(3).Select(Moved)];
        changes[0] = changes[0] with { Item = null };
        return changes;
    }

    /// <summary>Reads all its parcels at once, and compares them with what it knows.</summary>
    private async Task<bool> LookAsync()
    {
        IReadOnlyList<AttributeMap> found;
        try
        {
            found = (await db.QueryAsync(new(Parcels.Table)
            {
                KeyConditionExpression = "Driver = :driver",
                ExpressionAttributeValues = new AttributeMap { [":driver"] = driver },
                ConsistentRead = true,
            })).Items;
        }
        catch (Exception fault) when (ledger.Allows(fault))
        {
            return false;
        }

        var stored = found.ToDictionary(Parcels.Number);
        Saw(stored, 1, 2);
        foreach (var number in _numbers.Concat(_gone))
        {
            Saw(stored, number);
        }

        return true;
    }

    private void Saw(Dictionary<int, AttributeMap> stored, params int[] numbers) => ledger.Saw(
        [.. numbers.Select(number => Parcels.Place(driver, number))], [.. numbers.Select(stored.GetValueOrDefault)]);

    private Task<bool> WriteAsync<T>(IReadOnlyList<Change> changes, Func<Task<T>> write) => WriteAsync(changes, async () =>
    {
        await write();
        return true;
    });

    private Task<bool> WriteAsync(IReadOnlyList<Change> changes, Func<Task<bool>> write) =>
        ledger.WriteAsync([.. changes.Select(change => (change.Place, change.Item))], write);

    /// <summary>Counts one move more of a parcel; a deletion counts too.</summary>
    private Change Moved(int number)
    {
        var place = Parcels.Place(driver, number);
        var moves = begun.AddOrUpdate(place.Key, 1, (_, before) => before + 1);
        return new(place, Parcels.After(driver, number, moves));
    }

    private sealed record Change(Ledger.Place Place, AttributeMap? Item);
}
