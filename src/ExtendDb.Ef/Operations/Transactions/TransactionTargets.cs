using ExtendDb.Ef.Model;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Transactions;

/// <summary>Locates the items of a transaction.</summary>
internal static class TransactionTargets
{
    /// <summary>Returns the targets of all actions, in their order.</summary>
    /// <param name="actions">The number of actions.</param>
    /// <param name="locate">
    /// Returns the target of one action, and refuses an action that does not fit its table.
    /// </param>
    /// <exception cref="ValidationException">
    /// Two actions have the same item, or an action breaks a rule for which DynamoDB refuses the whole request.
    /// </exception>
    /// <exception cref="TransactionCanceledException">An action breaks another rule of its table.</exception>
    public static IReadOnlyList<ItemTarget> Of(int actions, Func<int, ItemTarget> locate)
    {
        var targets = new ItemTarget[actions];
        for (var i = 0; i < actions; i++)
        {
            try
            {
                targets[i] = locate(i);
            }
            catch (ValidationException broken) when (!broken.RefusesTransaction)
            {
                throw CancellationReasons.Of(actions, i, broken);
            }
        }

        return ItemTarget.HasDuplicates(targets)
            ? throw Duplicates()
            : targets;
    }

    /// <summary>Creates the exception for two actions on one item.</summary>
    public static ValidationException Duplicates() =>
        new("Transaction request cannot include multiple operations on one item");
}
