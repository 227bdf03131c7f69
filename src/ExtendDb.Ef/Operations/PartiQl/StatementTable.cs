using ExtendDb.Ef.Expressions.PartiQl;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Operations.PartiQl;

/// <summary>Finds the table and the index of a statement.</summary>
internal static class StatementTable
{
    /// <summary>Returns the table of a statement.</summary>
    /// <exception cref="ValidationException">No table can have the name.</exception>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    public static ValueTask<TableDefinition> FindAsync(
        OperationContext context, Statement statement, CancellationToken cancellationToken) =>
        ResourceName.IsValid(statement.Table)
            ? context.TableAsync(statement.Table, statement.Index, cancellationToken)
            : throw new ValidationException(
                $"Table name should be within the length [{ResourceName.MinLength}, {ResourceName.MaxLength}] and only contain "
                + "'a-z', 'A-Z', '0-9', '-', '_', '.'.");

    /// <summary>Returns the index that a SELECT reads; null for none.</summary>
    /// <exception cref="ValidationException">The table has no such index, or DynamoDB's statements cannot read it.</exception>
    public static IndexDefinition? IndexOf(TableDefinition table, Statement.Select select)
    {
        if (select.Index is not { } name)
        {
            return null;
        }

        if (table.Indexes.All(other => other.Name != name))
        {
            throw new ValidationException("The table does not have the specified index");
        }

        var index = table.ActiveIndex(name);
        return index.KeySchema.IsMultiAttribute
            ? throw new ValidationException(
                "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE keys.")
            : index;
    }
}
