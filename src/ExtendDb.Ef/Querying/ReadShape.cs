using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Items;
using ExtendDb.Ef.Legacy;
using ExtendDb.Ef.Throughput;

namespace ExtendDb.Ef.Querying;

/// <summary>Checks the members that the requests of Query and Scan share.</summary>
internal static class ReadShape
{
    private const int MaxSegments = 1_000_000;

    public static RequestShape Of(QueryRequest request)
    {
        var shape = new RequestShape()
            .Select(request.Select)
            .IndexName(request.IndexName)
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
            .Conditions(request.QueryFilter, "queryFilter")
            .TableName(request.TableName)
            .ConditionalOperator(request.ConditionalOperator);
        shape.AttributesToGet(request.AttributesToGet);
        return shape.Between(request.Limit, 1, int.MaxValue, "limit").Conditions(request.KeyConditions, "keyConditions");
    }

    public static RequestShape Of(ScanRequest request)
    {
        var shape = new RequestShape()
            .Select(request.Select)
            .IndexName(request.IndexName)
            .Between(request.TotalSegments, 1, MaxSegments, "totalSegments")
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
            .TableName(request.TableName)
            .ConditionalOperator(request.ConditionalOperator)
            .Conditions(request.ScanFilter, "scanFilter");
        shape.AttributesToGet(request.AttributesToGet);
        return shape.Between(request.Segment, 0, MaxSegments - 1, "segment").Between(request.Limit, 1, int.MaxValue, "limit");
    }

    private static RequestShape Select(this RequestShape shape, Select? asked) => shape.OneOf(
        asked,
        "select",
        Querying.Select.SPECIFIC_ATTRIBUTES,
        Querying.Select.COUNT,
        Querying.Select.ALL_ATTRIBUTES,
        Querying.Select.ALL_PROJECTED_ATTRIBUTES);
}
