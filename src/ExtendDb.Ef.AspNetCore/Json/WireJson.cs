using System.Text.Json.Serialization;
using ExtendDb.Ef.AspNetCore.Operations;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Json;

/// <summary>The JSON contracts of the requests and responses, whose members have DynamoDB's names.</summary>
[JsonSourceGenerationOptions(
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = MaxDepth,
    Converters =
    [
        typeof(AttributeMapConverter), typeof(AttributeValuesConverter), typeof(AttributeValueConverter),
        typeof(AttributeListConverter),
        typeof(StringConverter), typeof(BooleanConverter), typeof(IntegerConverter), typeof(LongConverter),
        typeof(InstantConverter),
        typeof(WordConverter<AttributeAction>), typeof(WordConverter<AttributeType>),
        typeof(WordConverter<BillingMode>), typeof(WordConverter<ComparisonOperator>),
        typeof(WordConverter<ConditionalOperator>), typeof(WordConverter<ContinuousBackupsStatus>),
        typeof(WordConverter<IndexStatus>), typeof(WordConverter<KeyType>), typeof(WordConverter<ProjectionType>),
        typeof(WordConverter<ReturnConsumedCapacity>), typeof(WordConverter<ReturnItemCollectionMetrics>),
        typeof(WordConverter<ReturnValue>), typeof(WordConverter<ReturnValuesOnConditionCheckFailure>),
        typeof(WordConverter<Select>), typeof(WordConverter<TableClass>), typeof(WordConverter<TableStatus>),
        typeof(WordConverter<TimeToLiveStatus>),
    ])]
[JsonSerializable(typeof(BatchGetItemRequest))]
[JsonSerializable(typeof(BatchGetItemResponse))]
[JsonSerializable(typeof(BatchWriteItemRequest))]
[JsonSerializable(typeof(BatchWriteItemResponse))]
[JsonSerializable(typeof(CreateTableRequest))]
[JsonSerializable(typeof(CreateTableResponse))]
[JsonSerializable(typeof(DeleteItemRequest))]
[JsonSerializable(typeof(DeleteItemResponse))]
[JsonSerializable(typeof(DeleteTableRequest))]
[JsonSerializable(typeof(DeleteTableResponse))]
[JsonSerializable(typeof(DescribeContinuousBackupsRequest))]
[JsonSerializable(typeof(DescribeContinuousBackupsResponse))]
[JsonSerializable(typeof(DescribeLimitsRequest))]
[JsonSerializable(typeof(DescribeLimitsResponse))]
[JsonSerializable(typeof(DescribeTableRequest))]
[JsonSerializable(typeof(DescribeTableResponse))]
[JsonSerializable(typeof(DescribeTimeToLiveRequest))]
[JsonSerializable(typeof(DescribeTimeToLiveResponse))]
[JsonSerializable(typeof(GetItemRequest))]
[JsonSerializable(typeof(GetItemResponse))]
[JsonSerializable(typeof(ListTablesRequest))]
[JsonSerializable(typeof(ListTablesResponse))]
[JsonSerializable(typeof(ListTagsOfResourceRequest))]
[JsonSerializable(typeof(ListTagsOfResourceResponse))]
[JsonSerializable(typeof(PutItemRequest))]
[JsonSerializable(typeof(PutItemResponse))]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(QueryResponse))]
[JsonSerializable(typeof(ScanRequest))]
[JsonSerializable(typeof(ScanResponse))]
[JsonSerializable(typeof(TagResourceRequest))]
[JsonSerializable(typeof(TransactGetItemsRequest))]
[JsonSerializable(typeof(TransactGetItemsResponse))]
[JsonSerializable(typeof(TransactWriteItemsRequest))]
[JsonSerializable(typeof(TransactWriteItemsResponse))]
[JsonSerializable(typeof(UntagResourceRequest))]
[JsonSerializable(typeof(UpdateItemRequest))]
[JsonSerializable(typeof(UpdateItemResponse))]
[JsonSerializable(typeof(UpdateTableRequest))]
[JsonSerializable(typeof(UpdateTableResponse))]
[JsonSerializable(typeof(UpdateTimeToLiveRequest))]
[JsonSerializable(typeof(UpdateTimeToLiveResponse))]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(EndpointsAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>
    /// The depth to which JSON is read; it includes nesting that DynamoDB refuses with a message of its own.
    /// </summary>
    private const int MaxDepth = 1_024;
}
