using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Writing;

/// <summary>The actions of one request, which commit together.</summary>
/// <param name="actions">The actions; the request has at least one.</param>
internal class ItemActions(IReadOnlyList<ItemAction> actions)
{
    public IReadOnlyList<ItemAction> Actions => actions;

    /// <summary>
    /// Gets whether all decisions must hold at one moment; an absent item must then still be absent once all rows are
    /// locked.
    /// </summary>
    public virtual bool ReadsOneMoment => false;

    /// <summary>
    /// Runs before the first read in the transaction of the write; a result of false ends the transaction without a
    /// read.
    /// </summary>
    public virtual Task<bool> BeginAsync(OperationContext context, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Returns the targets of the actions, in the order of the actions.</summary>
    /// <exception cref="ResourceNotFoundException">A table does not exist.</exception>
    /// <exception cref="ValidationException">
    /// An action does not fit its table, or two actions have the same target.
    /// </exception>
    public async Task<IReadOnlyList<ItemTarget>> LocateAsync(OperationContext context, CancellationToken cancellationToken)
    {
        var tables = new TableDefinition[actions.Count];
        for (var i = 0; i < actions.Count; i++)
        {
            tables[i] = await context.TableAsync(actions[i].TableName, cancellationToken);
        }

        return Locate(tables);
    }

    /// <summary>
    /// Returns the items after the actions, in the order of the actions; null for an item that does not exist then.
    /// </summary>
    /// <exception cref="ConditionalCheckFailedException">A condition is false for the stored item.</exception>
    /// <exception cref="ValidationException">An update cannot be applied to the stored item.</exception>
    public virtual AttributeMap?[] Decide(IReadOnlyList<ItemTarget> targets, IReadOnlyList<AttributeMap?> stored) =>
        [.. actions.Select((action, i) => action.Decide(targets[i].Table, stored[i]))];

    protected virtual IReadOnlyList<ItemTarget> Locate(IReadOnlyList<TableDefinition> tables) =>
        [.. actions.Select((action, i) => action.Locate(tables[i]))];
}
