using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>
/// Checks a table to be created against DynamoDB's rules. Source: DynamoDB API, CreateTable; service quotas.
/// </summary>
internal static class CreateTableRules
{
    public const int MaxLocalIndexes = 5;

    public static void Check(CreateTableRequest request)
    {
        if (request.TableName is null)
        {
            throw new ValidationException("The parameter 'TableName' is required but was not present in the request");
        }

        new RequestValidator()
            .Required(request.AttributeDefinitions, "attributeDefinitions")
            .AttributeDefinitions(request.AttributeDefinitions)
            .TableName(request.TableName)
            .BillingMode(request.BillingMode)
            .Throughput(request.ProvisionedThroughput)
            .TableClass(request.TableClass)
            .Stream(request.StreamSpecification)
            .KeySchema(request.KeySchema)
            .GlobalSecondaryIndexes(request.GlobalSecondaryIndexes)
            .LocalSecondaryIndexes(request.LocalSecondaryIndexes)
            .ThrowIfBroken();
        BillingRules.Check(request);
        CheckKeys(request);
        CheckLocalIndexes(request);
        CheckGlobalIndexes(request);
        CheckNames(request);
        IndexRules.CheckProjected(
            request.GlobalSecondaryIndexes.Sum(i => i.Projection.NonKeyAttributes.Count)
            + request.LocalSecondaryIndexes.Sum(i => i.Projection.NonKeyAttributes.Count));
        StreamRules.CheckCreated(request.StreamSpecification);
        TagRules.Check(request.Tags ?? []);
    }

    private static void CheckKeys(CreateTableRequest request)
    {
        var definitions = request.AttributeDefinitions;
        IndexRules.CheckDefinitions(definitions);
        if (request.KeySchema.Count > definitions.Count)
        {
            throw new ValidationException("Invalid KeySchema: Some index key attribute have no definition");
        }

        foreach (var key in request.LocalSecondaryIndexes.Select(i => i.KeySchema).Prepend(request.KeySchema))
        {
            IndexRules.CheckKey(key, definitions);
        }

        foreach (var index in request.GlobalSecondaryIndexes)
        {
            IndexRules.CheckGlobalKey(index.KeySchema, definitions);
        }

        var indexes = request.LocalSecondaryIndexes.Select(i => i.KeySchema)
            .Concat(request.GlobalSecondaryIndexes.Select(i => i.KeySchema)).ToList();
        var used = indexes.Prepend(request.KeySchema).SelectMany(key => key).Select(e => e.AttributeName)
            .ToHashSet(StringComparer.Ordinal);
        if (used.Count != definitions.Count)
        {
            throw ValidationException.InvalidParameter(indexes.Count == 0
                ? "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                    + "AttributeDefinitions"
                : "Some AttributeDefinitions are not used. AttributeDefinitions: "
                    + $"{IndexRules.Show(definitions.Select(d => d.AttributeName))}, keys used: {IndexRules.Show(used)}");
        }
    }

    private static void CheckLocalIndexes(CreateTableRequest request)
    {
        foreach (var index in request.LocalSecondaryIndexes)
        {
            if (request.KeySchema.Count < 2)
            {
                throw ValidationException.InvalidParameter(
                    "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
            }

            if (index.KeySchema.Count < 2)
            {
                throw ValidationException.InvalidParameter(
                    $"Index KeySchema does not have a range key for index: {index.IndexName}");
            }

            if (index.KeySchema[0].AttributeName != request.KeySchema[0].AttributeName)
            {
                throw ValidationException.InvalidParameter(
                    "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
                    + $"{index.IndexName}. index hash key: {index.KeySchema[0].AttributeName}, "
                    + $"table hash key: {request.KeySchema[0].AttributeName}");
            }

            IndexRules.CheckProjection(index.Projection);
        }

        if (request.LocalSecondaryIndexes.Count > MaxLocalIndexes)
        {
            throw ValidationException.InvalidParameter(
                $"Number of LocalSecondaryIndexes exceeds per-table limit of {MaxLocalIndexes}");
        }
    }

    private static void CheckGlobalIndexes(CreateTableRequest request)
    {
        foreach (var index in request.GlobalSecondaryIndexes)
        {
            IndexRules.CheckProjection(index.Projection);
            BillingRules.CheckIndex(request.BillingModeOrDefault, index);
            IndexRules.CheckDelay(index.IndexName, index.PropagationDelay);
        }

        if (request.GlobalSecondaryIndexes.Count > IndexRules.MaxGlobalIndexes)
        {
            throw ValidationException.InvalidParameter(
                $"GlobalSecondaryIndex count exceeds the per-table limit of {IndexRules.MaxGlobalIndexes}");
        }
    }

    private static void CheckNames(CreateTableRequest request)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in request.GlobalSecondaryIndexes.Select(i => i.IndexName)
            .Concat(request.LocalSecondaryIndexes.Select(i => i.IndexName)))
        {
            if (!names.Add(name))
            {
                throw ValidationException.InvalidParameter($"Duplicate index name: {name}");
            }
        }
    }
}
