using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Items;

namespace ExtendDb.Ef.Transactions;

/// <summary>Finds the places of the items of a transaction.</summary>
internal static class Places
{
    /// <summary>Returns the places of all actions, in their order.</summary>
    /// <param name="actions">How many there are.</param>
    /// <param name="locate">Finds the place of one, and refuses an action that does not fit its table.</param>
    /// <exception cref="ValidationException">A key is empty, an item is too large, or two actions are on one item.</exception>
    /// <exception cref="TransactionCanceledException">An action does not fit its table in another way.</exception>
    public static IReadOnlyList<ItemPlace> Of(int actions, Func<int, ItemPlace> locate)
    {
        var places = new ItemPlace[actions];
        for (var i = 0; i < actions; i++)
        {
            try
            {
                places[i] = locate(i);
            }
            catch (ValidationException broken) when (!broken.RefusesTransaction)
            {
                throw Reasons.Of(actions, i, broken);
            }
        }

        return ItemPlace.HasDuplicates(places)
            ? throw new ValidationException("Transaction request cannot include multiple operations on one item")
            : places;
    }
}
