using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.CrashTests;

/// <summary>Writes parcels through contexts, as an application of Entity Framework does.</summary>
internal sealed class SavedParcels(Func<ExtendDbContext> contexts)
{
    /// <summary>Adds one to the parcel that all drivers share.</summary>
    public static async Task<bool> CountAsync(IExtendDb db)
    {
        await db.UpdateItemAsync(new(Parcels.Table, Parcels.SharedKey)
        {
            UpdateExpression = "ADD Moves :one",
            ExpressionAttributeValues = new AttributeMap { [":one"] = 1 },
        });
        return true;
    }

    /// <summary>Reads the parcels, and saves them as they shall be.</summary>
    public async Task SaveAsync(IReadOnlyList<(AttributeMap Key, AttributeMap? Item)> changes)
    {
        await using var context = contexts();
        await SaveAsync(context, changes, areRead: true);
    }

    /// <summary>Saves parcels of which the context knows no more than the version.</summary>
    public async Task SaveUnreadAsync(IReadOnlyList<(AttributeMap Key, AttributeMap? Item)> changes)
    {
        await using var context = contexts();
        await SaveAsync(context, changes, areRead: false);
    }

    /// <summary>Deletes the parcels, saves them and counts in the shared one, in one transaction.</summary>
    public async Task TransactAsync(IReadOnlyList<(AttributeMap Key, AttributeMap? Item)> changes)
    {
        await using var context = contexts();
        await using var transaction = await context.Database.BeginTransactionAsync();
        foreach (var (key, _) in changes)
        {
            await context.ExtendDb().DeleteItemAsync(new(Parcels.Table, key));
        }

        await SaveAsync(context, changes, areRead: true);
        await CountAsync(context.ExtendDb());
        await transaction.CommitAsync();
    }

    private static async Task SaveAsync(
        ExtendDbContext context, IReadOnlyList<(AttributeMap Key, AttributeMap? Item)> changes, bool areRead)
    {
        var table = await context.ExtendDb().GetTableDefinitionAsync(Parcels.Table);
        foreach (var (key, item) in changes)
        {
            var (hash, sort) = (Item.Create(table, key).PartitionHash, Item.Create(table, key).SortKey);
            var stored = await context.Items.AsTracking(areRead ? QueryTrackingBehavior.TrackAll : QueryTrackingBehavior.NoTracking)
                .SingleOrDefaultAsync(each => each.TableId == table.Id && each.PartitionHash == hash && each.SortKey == sort);
            if (stored is null)
            {
                context.AddRange(item is null ? [] : [Item.Create(table, item)]);
            }
            else if (areRead)
            {
                Change(context, table, stored, item);
            }
            else
            {
                var entry = context.Entry(Item.Create(table, item ?? key));
                entry.State = item is null ? EntityState.Deleted : EntityState.Modified;
                entry.Property(each => each.Version).OriginalValue = stored.Version;
            }
        }

        await context.SaveChangesAsync();
    }

    private static void Change(ExtendDbContext context, TableDefinition table, Item stored, AttributeMap? item)
    {
        if (item is null)
        {
            context.Remove(stored);
        }
        else
        {
            stored.Replace(table, item);
        }
    }
}
