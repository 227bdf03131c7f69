using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Adds global indexes to a table, changes them or removes them.</summary>
internal static class GlobalIndexChanges
{
    /// <summary>
    /// Refuses a change of an index that does not exist, the creation of one that exists, and too many changes at once.
    /// </summary>
    /// <exception cref="LimitExceededException">More than one index would be created or deleted at once.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such index.</exception>
    /// <exception cref="ResourceInUseException">The index is being created or removed already.</exception>
    /// <exception cref="ValidationException">The index exists already, or is a local index.</exception>
    public static void Check(Table table, UpdateTableRequest request)
    {
        var updates = request.GlobalSecondaryIndexUpdates ?? [];
        var indexes = table.SecondaryIndexes.ToDictionary(i => i.Name, StringComparer.Ordinal);
        CheckOneAtATime([.. updates.Where(u => u.Update is null)]);
        foreach (var update in updates)
        {
            var index = indexes.GetValueOrDefault(update.IndexName!);
            switch (index)
            {
                case null when update.Create is null:
                    throw new ResourceNotFoundException(
                        $"Requested resource not found: Index {update.IndexName} for table {table.Name}");
                case { Kind: IndexKind.LOCAL } when update.Create is null:
                    throw new ValidationException(
                        $"Cannot {(update.Delete is null ? "update" : "delete")} an index that is not a "
                        + $"GlobalSecondaryIndex: {index.Name}");
                case { Status: IndexStatus.CREATING } when update.Create is not null:
                    throw CatalogTransaction.InUse($"Index is being created. Table: {table.Name} Index: {index.Name}");
                case not null when update.Create is not null:
                    throw new ValidationException("Attempting to create an index which already exists");
            }

            CheckNoOtherIsChanging(table, update);
        }
    }

    /// <summary>
    /// Applies changes that have been checked; the capacities of the table are already those after the request.
    /// </summary>
    /// <exception cref="LimitExceededException">The table would have too many global indexes.</exception>
    /// <exception cref="ValidationException">
    /// The definition of a new index breaks a rule; the message names the rule.
    /// </exception>
    public static void Apply(Table table, UpdateTableRequest request, DateTimeOffset now)
    {
        foreach (var update in request.GlobalSecondaryIndexUpdates ?? [])
        {
            if (update.Delete is not null)
            {
                // The markers of a cancelled backfill find the index gone.
                var index = table.SecondaryIndexes.Single(i => i.Name == update.IndexName);
                index.Status = IndexStatus.DELETING;
            }
            else if (update.Create is not null)
            {
                Add(table, update.Create.ToIndex(), request.AttributeDefinitions ?? []);
            }
            else if (update.Update is { PropagationDelay: { } delay })
            {
                IndexRules.CheckDelay(update.IndexName!, delay);
                var index = table.SecondaryIndexes.Single(i => i.Name == update.IndexName);
                var isLonger = index.PropagationDelayMs is { } before && delay.TotalMilliseconds >= before;
                (index.PropagationDelayMs, index.DelayChangedAt) =
                    ((int)delay.TotalMilliseconds, isLonger ? index.DelayChangedAt : now);
            }
        }
    }

    private static void Add(Table table, GlobalSecondaryIndex index, IReadOnlyList<AttributeDefinition> definitions)
    {
        if (table.SecondaryIndexes.Count(i => i.Kind == IndexKind.GLOBAL) >= IndexRules.MaxGlobalIndexes)
        {
            throw new LimitExceededException(
                "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of "
                + $"{IndexRules.MaxGlobalIndexes}");
        }

        // Definitions of attributes that are known already must be given again; definitions that this key does not use
        // may be given.
        if (definitions.Count == 0)
        {
            throw ValidationException.InvalidParameter(
                $"AttributeDefinitions is not specified for index: {index.IndexName}");
        }

        IndexRules.CheckDefinitions(definitions);
        IndexRules.CheckGlobalKey(index.KeySchema, definitions);
        IndexRules.CheckProjection(index.Projection);
        IndexRules.CheckProjected(
            table.SecondaryIndexes.Sum(i => i.NonKeyAttributes.Length) + index.Projection.NonKeyAttributes.Count);
        BillingRules.CheckAddedIndex(table.BillingMode, index);
        IndexRules.CheckDelay(index.IndexName, index.PropagationDelay);
        table.AttributeDefinitions = Merged(table, index, definitions);
        table.SecondaryIndexes.Add(SecondaryIndexFactory.Of(index, IndexStatus.CREATING));
    }

    private static List<AttributeDefinition> Merged(
        Table table, GlobalSecondaryIndex index, IReadOnlyList<AttributeDefinition> definitions)
    {
        var merged = table.AttributeDefinitions.ToDictionary(d => d.AttributeName, StringComparer.Ordinal);
        foreach (var element in index.KeySchema)
        {
            var given = definitions.Single(d => d.AttributeName == element.AttributeName);
            var existing = table.SecondaryIndexes.Select(i => i.KeySchema).Prepend(table.KeySchema)
                .FirstOrDefault(key => key.Any(e => e.AttributeName == given.AttributeName));
            if (existing is null)
            {
                merged[given.AttributeName] = given;
            }
            else if (merged[given.AttributeName] != given)
            {
                throw ValidationException.InvalidParameter(
                    "Attributes cannot be redefined. Please check that your attribute has the same type as previously "
                    + $"defined. Existing schema: {Show(existing, table.AttributeDefinitions)} "
                    + $"New schema: {Show(index.KeySchema, definitions)}");
            }
        }

        return [.. merged.Values];
    }

    private static void CheckOneAtATime(List<GlobalSecondaryIndexUpdate> changes)
    {
        if (changes.Count > 1)
        {
            throw OnlyOne();
        }
    }

    // The deletion of an index that is CREATING cancels its backfill, so the index itself does not count.
    private static void CheckNoOtherIsChanging(Table table, GlobalSecondaryIndexUpdate update)
    {
        if (update.Update is null
            && table.SecondaryIndexes.Any(i => i.Status != IndexStatus.ACTIVE && i.Name != update.IndexName))
        {
            throw OnlyOne();
        }
    }

    private static LimitExceededException OnlyOne() => new(
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");

    private static string Show(IReadOnlyList<KeySchemaElement> key, IReadOnlyList<AttributeDefinition> definitions)
    {
        var elements = key.Select(e =>
            $"SchemaElement: key{{{e.AttributeName}:"
            + $"{definitions.Single(d => d.AttributeName == e.AttributeName).AttributeType}:{e.KeyType}}}");
        return $"Schema:[{string.Join(", ", elements)}]";
    }
}
