using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Writing;

/// <summary>The actions of one request, which commit together.</summary>
/// <param name="actions">The actions; the request has at least one.</param>
internal class ItemActions(IReadOnlyList<ItemAction> actions)
{
    public IReadOnlyList<ItemAction> Actions => actions;

    /// <summary>Gets whether the decisions must be about one moment: an item that was absent must not have come meanwhile.</summary>
    public virtual bool ReadsOneMoment => false;

    /// <summary>Runs first in the transaction of the write; false ends the transaction before an item is read.</summary>
    public virtual Task<bool> BeginAsync(OperationContext context, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Returns the targets of the actions, in their order.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="ValidationException">An action does not fit its table, or two actions have one target.</exception>
    public async Task<IReadOnlyList<ItemTarget>> LocateAsync(OperationContext context, CancellationToken cancellationToken)
    {
        var tables = new TableDefinition[actions.Count];
        for (var i = 0; i < actions.Count; i++)
        {
            tables[i] = await context.TableAsync(actions[i].TableName, cancellationToken);
        }

        return Locate(tables);
    }

    /// <summary>Returns the items after the actions, in their order; null where there is none.</summary>
    /// <exception cref="ConditionalCheckFailedException">A condition is false for the stored item.</exception>
    /// <exception cref="ValidationException">A stored item cannot be changed so.</exception>
    public virtual AttributeMap?[] Decide(IReadOnlyList<ItemTarget> targets, IReadOnlyList<AttributeMap?> stored) =>
        [.. actions.Select((action, i) => action.Decide(targets[i].Table, stored[i]))];

    protected virtual IReadOnlyList<ItemTarget> Locate(IReadOnlyList<TableDefinition> tables) =>
        [.. actions.Select((action, i) => action.Locate(tables[i]))];
}
