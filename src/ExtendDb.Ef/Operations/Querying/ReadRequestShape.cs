using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Items;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>Checks the members that the requests of Query and Scan share.</summary>
internal static class ReadRequestShape
{
    private const int MaxSegments = 1_000_000;

    public static RequestValidator Of(QueryRequest request)
    {
        var validator = new RequestValidator()
            .Select(request.Select)
            .IndexName(request.IndexName)
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
            .Conditions(request.QueryFilter, "queryFilter")
            .TableName(request.TableName)
            .ConditionalOperator(request.ConditionalOperator);
        validator.AttributesToGet(request.AttributesToGet);
        if (request.Limit < 1)
        {
            // Scan shows the value.
            validator.AddWithoutValue("Limit", "Member must have value greater than or equal to 1");
        }

        return validator.Conditions(request.KeyConditions, "keyConditions");
    }

    public static RequestValidator Of(ScanRequest request)
    {
        var validator = new RequestValidator()
            .Select(request.Select)
            .IndexName(request.IndexName)
            .Between(request.TotalSegments, 1, MaxSegments, "totalSegments")
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
            .TableName(request.TableName)
            .ConditionalOperator(request.ConditionalOperator)
            .Conditions(request.ScanFilter, "scanFilter");
        validator.AttributesToGet(request.AttributesToGet);
        return validator.Between(request.Segment, 0, MaxSegments - 1, "segment").Between(request.Limit, 1, int.MaxValue, "limit");
    }

    private static RequestValidator Select(this RequestValidator validator, Select? asked) => validator.OneOf(
        asked,
        "select",
        Model.Select.SPECIFIC_ATTRIBUTES,
        Model.Select.COUNT,
        Model.Select.ALL_ATTRIBUTES,
        Model.Select.ALL_PROJECTED_ATTRIBUTES);
}
