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
        typeof(AttributeValuesConverter),
        typeof(AttributeListConverter),
        typeof(StringConverter), typeof(BooleanConverter), typeof(IntegerConverter), typeof(LongConverter),
        typeof(TimestampConverter),
        typeof(EnumConverter<AttributeAction>), typeof(EnumConverter<AttributeType>),
        typeof(EnumConverter<BillingMode>), typeof(EnumConverter<ComparisonOperator>),
        typeof(EnumConverter<ConditionalOperator>), typeof(EnumConverter<ContinuousBackupsStatus>),
        typeof(EnumConverter<IndexStatus>), typeof(EnumConverter<KeyType>), typeof(EnumConverter<ProjectionType>),
        typeof(EnumConverter<ReturnConsumedCapacity>), typeof(EnumConverter<ReturnItemCollectionMetrics>),
        typeof(EnumConverter<ReturnValue>), typeof(EnumConverter<ReturnValuesOnConditionCheckFailure>),
        typeof(EnumConverter<Select>), typeof(EnumConverter<TableClass>), typeof(EnumConverter<TableStatus>),
        typeof(EnumConverter<TimeToLiveStatus>), typeof(EnumConverter<StreamViewType>),
        typeof(EnumConverter<StreamStatus>), typeof(EnumConverter<StreamEventName>),
        typeof(EnumConverter<ShardIteratorType>),
    ])]
[JsonSerializable(typeof(BatchExecuteStatementRequest))]
[JsonSerializable(typeof(BatchExecuteStatementResponse))]
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
[JsonSerializable(typeof(ExecuteStatementRequest))]
[JsonSerializable(typeof(ExecuteStatementResponse))]
[JsonSerializable(typeof(ExecuteTransactionRequest))]
[JsonSerializable(typeof(ExecuteTransactionResponse))]
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
[JsonSerializable(typeof(ListStreamsRequest))]
[JsonSerializable(typeof(ListStreamsResponse))]
[JsonSerializable(typeof(DescribeStreamRequest))]
[JsonSerializable(typeof(DescribeStreamResponse))]
[JsonSerializable(typeof(GetShardIteratorRequest))]
[JsonSerializable(typeof(GetShardIteratorResponse))]
[JsonSerializable(typeof(GetRecordsRequest))]
[JsonSerializable(typeof(RecordsResponse))]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(DescribeEndpointsResponse))]
[JsonSerializable(typeof(ErrorResponse))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>
    /// The depth to which JSON is read; it includes nesting that DynamoDB refuses with a message of its own.
    /// </summary>
    private const int MaxDepth = 1_024;
}
