using ExtendDb.Ef.Model;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Items;

/// <summary>The puts and deletions of a BatchWriteItem, which must all have different items.</summary>
internal sealed class BatchActions(IReadOnlyList<ItemAction> actions) : ItemActions(actions)
{
    protected override IReadOnlyList<ItemTarget> Locate(IReadOnlyList<TableDefinition> tables)
    {
        var targets = base.Locate(tables);
        return ItemTarget.HasDuplicates(targets)
            ? throw new ValidationException("Provided list of item keys contains duplicates")
            : targets;
    }
}
