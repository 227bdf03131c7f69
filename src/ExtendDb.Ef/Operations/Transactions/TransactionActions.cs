using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Transactions;

/// <summary>
/// The actions of a TransactWriteItems, which are executed together or cancelled with a reason for each.
/// </summary>
/// <param name="actions">The actions.</param>
/// <param name="token">The ClientRequestToken, which the transaction claims first; null for none.</param>
internal sealed class TransactionActions(IReadOnlyList<ItemAction> actions, RequestToken? token) : ItemActions(actions)
{
    public override bool ReadsOneMoment => true;

    public override Task<bool> BeginAsync(OperationContext context, CancellationToken cancellationToken) =>
        token?.ClaimAsync(context.DbContext, cancellationToken) ?? base.BeginAsync(context, cancellationToken);

    /// <summary>Returns all new items, or throws with the reasons of all actions up to the first invalid one.</summary>
    /// <exception cref="TransactionCanceledException">An action cannot be executed.</exception>
    public override AttributeMap?[] Decide(IReadOnlyList<ItemTarget> targets, IReadOnlyList<AttributeMap?> stored)
    {
        var reasons = new CancellationReasons(Actions.Count);
        var items = new AttributeMap?[Actions.Count];
        for (var i = 0; i < Actions.Count; i++)
        {
            try
            {
                items[i] = Actions[i].Decide(targets[i].Table, stored[i]);
            }
            catch (ConditionalCheckFailedException failed)
            {
                reasons.Add(i, failed);
            }
            catch (DuplicateItemException duplicate)
            {
                reasons.Add(i, duplicate);
            }
            catch (ValidationException broken) when (!broken.RefusesTransaction)
            {
                // The reasons of later actions stay None.
                reasons.Add(i, broken);
                break;
            }
        }

        reasons.ThrowIfAny();
        return items;
    }

    protected override IReadOnlyList<ItemTarget> Locate(IReadOnlyList<TableDefinition> tables) =>
        TransactionTargets.Of(Actions.Count, i => Actions[i].Locate(tables[i]));
}
