using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>An entry of a local index that somebody has damaged does not make the next write of its item fail.</summary>
public class DamagedLocalEntryTests(OperationsFixture database) : SaveTests(database)
{
    private static readonly Dictionary<string, string> Damages = new()
    {
        ["removed"] = "DELETE FROM extenddb.index_entries",
        ["moved"] = "UPDATE extenddb.index_entries SET key_sort = '\\x00', key_hash = gen_random_uuid()",
        ["altered"] = """UPDATE extenddb.index_entries SET document = '{"Artist":{"S":"?"}}', size_bytes = 7""",
    };

    private string WhereLocal =>
        $" WHERE index_id IN ({string.Join(", ", Table.Indexes.Where(index => index.Kind == IndexKind.LOCAL).Select(index => index.Id))})";

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var damage in Damages.Keys)
            {
                foreach (var write in Writes.Keys)
                {
                    cases.Add(damage, write);
                }
            }

            return cases;
        }
    }

    private static Dictionary<string, Func<DamagedLocalEntryTests, Task>> Writes => new()
    {
        ["put"] = test => test.Host.PutAsync(test.Table.Name, Song("Summertime", 1959)),
        ["update"] = test => test.Host.Db.UpdateItemAsync(new(test.Table.Name, KeyOf("Summertime"))
        {
            UpdateExpression = "SET #y = :y, Genre = :g",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#y"] = "Year" },
            ExpressionAttributeValues = new AttributeMap { [":y"] = 1959, [":g"] = "genre of 1959" },
        }),
        ["delete"] = test => test.Host.Db.DeleteItemAsync(new(test.Table.Name, KeyOf("Summertime"))),
        ["batch"] = test => test.Host.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [test.Table.Name] = [WriteRequest.Put(Song("Summertime", 1959))],
        })),
        ["transaction"] = test => test.Host.Db.TransactWriteItemsAsync(new([new() { Put = new(test.Table.Name, Song("Summertime", 1959)) }])),
        ["save"] = test => test.ChangeAsync(sync: false, item => item.Replace(test.Table, Song("Summertime", 1959))),
        ["synchronous save"] = test => test.ChangeAsync(sync: true, item => item.Replace(test.Table, Song("Summertime", 1959))),
        ["removing save"] = test => test.ChangeAsync(sync: false, change: null),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Write_of_the_item_succeeds_and_mends_its_entries(string damage, string write)
    {
        await StoreAsync(1968, "Summertime");
        await Host.ScalarAsync(Damages[damage] + WhereLocal);

        await Writes[write](this);

        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Item_is_put_where_an_entry_without_an_item_stands(bool save)
    {
        await StoreAsync(1968, "Summertime");
        await Host.ScalarAsync("CREATE TABLE strays AS SELECT * FROM extenddb.index_entries" + WhereLocal);
        await Host.Db.DeleteItemAsync(new(Table.Name, KeyOf("Summertime")));
        await Host.ScalarAsync("INSERT INTO extenddb.index_entries SELECT * FROM strays; DROP TABLE strays");

        if (save)
        {
            await using var context = Context();
            context.Add(NewSong("Summertime", 1959));
            await context.SaveChangesAsync();
        }
        else
        {
            await Host.PutAsync(Table.Name, Song("Summertime", 1959));
        }

        await DrainedAndExactAsync();
    }

    private async Task ChangeAsync(bool sync, Action<Item>? change)
    {
        await using var context = Context();
        var item = await ReadAsync(context, "Summertime");
        if (change is null)
        {
            context.Remove(item);
        }
        else
        {
            change(item);
        }

        await SaveAsync(context, sync);
    }
}
