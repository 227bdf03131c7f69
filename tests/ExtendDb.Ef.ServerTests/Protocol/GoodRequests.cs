using ExtendDb.Ef.ServerTests.Streams;

namespace ExtendDb.Ef.ServerTests.Protocol;

/// <summary>A request for each operation that uses nearly all of its members, to be spoilt by tests.</summary>
internal static class GoodRequests
{
    private const string Expected = """
        "Expected":{"a":{"ComparisonOperator":"NE","AttributeValueList":[{"S":"never"}]},"b":{"Exists":false}},"ConditionalOperator":"AND"
        """;

    private static readonly (string Operation, string Json)[] OfTable =
    [
        ("PutItem", """
            {"TableName":"TABLE","Item":{"p":{"S":"a"},"g":{"S":"x"},"n":{"N":"1.5e3"},"b":{"B":"AQI="},"t":{"BOOL":true},"u":{"NULL":true},"m":{"M":{"l":{"L":[{"S":"1"},{"N":"2"}]}}},"ss":{"SS":["a","b"]},"ns":{"NS":["1","2"]},"bs":{"BS":["AQ==","Ag=="]}},"ConditionExpression":"attribute_not_exists(#q) OR #q = :v","ExpressionAttributeNames":{"#q":"q"},"ExpressionAttributeValues":{":v":{"S":"w"}},"ReturnValues":"ALL_OLD","ReturnValuesOnConditionCheckFailure":"ALL_OLD","ReturnItemCollectionMetrics":"SIZE","ReturnConsumedCapacity":"INDEXES"}
            """),
        ("PutItem", """{"TableName":"TABLE","Item":{"p":{"S":"old"}},EXPECTED}"""),
        ("GetItem", """
            {"TableName":"TABLE","Key":{"p":{"S":"a"}},"ProjectionExpression":"#m.l[0], n","ExpressionAttributeNames":{"#m":"m"},"ConsistentRead":true,"ReturnConsumedCapacity":"INDEXES"}
            """),
        ("GetItem", """{"TableName":"TABLE","Key":{"p":{"S":"a"}},"AttributesToGet":["n","g"]}"""),
        ("UpdateItem", """
            {"TableName":"TABLE","Key":{"p":{"S":"a"}},"UpdateExpression":"SET #c = if_not_exists(#c, :z) + :o REMOVE d ADD e :o","ConditionExpression":"attribute_exists(p)","ExpressionAttributeNames":{"#c":"c"},"ExpressionAttributeValues":{":z":{"N":"0"},":o":{"N":"1"}},"ReturnValues":"UPDATED_NEW","ReturnConsumedCapacity":"INDEXES"}
            """),
        ("UpdateItem", """
            {"TableName":"TABLE","Key":{"p":{"S":"old"}},"AttributeUpdates":{"c":{"Action":"PUT","Value":{"N":"1"}},"d":{"Action":"DELETE"}},EXPECTED}
            """),
        ("DeleteItem", """
            {"TableName":"TABLE","Key":{"p":{"S":"gone"}},"ConditionExpression":"attribute_not_exists(z)","ReturnValues":"ALL_OLD","ReturnConsumedCapacity":"INDEXES"}
            """),
        ("BatchGetItem", """
            {"RequestItems":{"TABLE":{"Keys":[{"p":{"S":"a"}},{"p":{"S":"b"}}],"ProjectionExpression":"#p","ExpressionAttributeNames":{"#p":"p"},"ConsistentRead":true}},"ReturnConsumedCapacity":"INDEXES"}
            """),
        ("BatchWriteItem", """
            {"RequestItems":{"TABLE":[{"PutRequest":{"Item":{"p":{"S":"b"},"g":{"S":"x"}}}},{"DeleteRequest":{"Key":{"p":{"S":"c"}}}}]},"ReturnItemCollectionMetrics":"SIZE","ReturnConsumedCapacity":"INDEXES"}
            """),
        ("Query", """
            {"TableName":"TABLE","IndexName":"by-g","KeyConditionExpression":"#g = :g","FilterExpression":"n > :n OR size(p) < :n","ProjectionExpression":"p, n","ExpressionAttributeNames":{"#g":"g"},"ExpressionAttributeValues":{":g":{"S":"x"},":n":{"N":"0"}},"ScanIndexForward":false,"Limit":5,"ConsistentRead":false,"Select":"SPECIFIC_ATTRIBUTES","ReturnConsumedCapacity":"INDEXES"}
            """),
        ("Query", """
            {"TableName":"TABLE","KeyConditions":{"p":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"a"}]}},"QueryFilter":{"n":{"ComparisonOperator":"BETWEEN","AttributeValueList":[{"N":"1"},{"N":"2"}]},"z":{"ComparisonOperator":"NULL"}},"ConditionalOperator":"OR","AttributesToGet":["n"]}
            """),
        ("Scan", """
            {"TableName":"TABLE","FilterExpression":"contains(ss, :s)","ExpressionAttributeValues":{":s":{"S":"a"}},"Segment":0,"TotalSegments":2,"Limit":3,"ExclusiveStartKey":{"p":{"S":"0"}},"Select":"COUNT","ReturnConsumedCapacity":"INDEXES"}
            """),
        ("Scan", """
            {"TableName":"TABLE","ScanFilter":{"n":{"ComparisonOperator":"IN","AttributeValueList":[{"N":"1"}]},"z":{"ComparisonOperator":"NULL"}},"AttributesToGet":["n"]}
            """),
        ("TransactGetItems", """
            {"TransactItems":[{"Get":{"TableName":"TABLE","Key":{"p":{"S":"a"}},"ProjectionExpression":"#n","ExpressionAttributeNames":{"#n":"n"}}},{"Get":{"TableName":"TABLE","Key":{"p":{"S":"z"}}}}],"ReturnConsumedCapacity":"INDEXES"}
            """),
        ("TransactWriteItems", """
            {"TransactItems":[{"Put":{"TableName":"TABLE","Item":{"p":{"S":"t1"}},"ReturnValuesOnConditionCheckFailure":"ALL_OLD"}},{"Update":{"TableName":"TABLE","Key":{"p":{"S":"t2"}},"UpdateExpression":"SET v = :v","ExpressionAttributeValues":{":v":{"S":"1"}}}},{"Delete":{"TableName":"TABLE","Key":{"p":{"S":"t3"}}}},{"ConditionCheck":{"TableName":"TABLE","Key":{"p":{"S":"t4"}},"ConditionExpression":"attribute_not_exists(#n)","ExpressionAttributeNames":{"#n":"n"}}}],"ReturnItemCollectionMetrics":"SIZE","ReturnConsumedCapacity":"INDEXES"}
            """),
        ("ExecuteStatement", """
            {"Statement":"SELECT p, m.l[0] FROM \"TABLE\".\"by-g\" WHERE g = ? AND (n > 1 OR NOT contains(p, 'x')) AND u IS NOT NULL ORDER BY g DESC","Parameters":[{"S":"x"}],"Limit":3,"ConsistentRead":false,"ReturnConsumedCapacity":"INDEXES"}
            """),
        ("ExecuteStatement", """
            {"Statement":"UPDATE \"TABLE\" SET c = if_not_exists(c, 0) + ?, ss = set_add(ss, <<'z'>>) REMOVE m.l[0] WHERE p = 'a' AND attribute_exists(p) RETURNING ALL NEW *","Parameters":[{"N":"1"}],"ReturnValuesOnConditionCheckFailure":"ALL_OLD","ReturnConsumedCapacity":"TOTAL"}
            """),
        ("BatchExecuteStatement", """
            {"Statements":[{"Statement":"SELECT * FROM \"TABLE\" WHERE p = ?","Parameters":[{"S":"a"}],"ConsistentRead":true},{"Statement":"SELECT n FROM \"TABLE\" WHERE p = 'b'"}],"ReturnConsumedCapacity":"INDEXES"}
            """),
        ("BatchExecuteStatement", """
            {"Statements":[{"Statement":"INSERT INTO \"TABLE\" VALUE {'p': 'e', 'l': [1, {'a': NULL}], 's': <<1, 2>>}"},{"Statement":"DELETE FROM \"TABLE\" WHERE p = 'f' AND n BETWEEN 1 AND 2 RETURNING ALL OLD *","ReturnValuesOnConditionCheckFailure":"ALL_OLD"}]}
            """),
        ("ExecuteTransaction", """
            {"TransactStatements":[{"Statement":"DELETE FROM \"TABLE\" WHERE p = ?","Parameters":[{"S":"t9"}]},{"Statement":"FROM \"TABLE\" WHERE p = 'old' SET v = 1"}],"ReturnConsumedCapacity":"INDEXES"}
            """),
        ("DescribeTable", """{"TableName":"TABLE"}"""),
        ("DeleteTable", """{"TableName":"not.TABLE"}"""),
        ("CreateTable", """
            {"TableName":"TABLE.more","KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"s","KeyType":"RANGE"}],"AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},{"AttributeName":"s","AttributeType":"N"},{"AttributeName":"l","AttributeType":"B"}],"BillingMode":"PROVISIONED","ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1},"GlobalSecondaryIndexes":[{"IndexName":"global","KeySchema":[{"AttributeName":"s","KeyType":"HASH"}],"Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["a"]},"ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1},"WarmThroughput":{"ReadUnitsPerSecond":2,"WriteUnitsPerSecond":3}}],"LocalSecondaryIndexes":[{"IndexName":"local","KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"l","KeyType":"RANGE"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}],"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"},"SSESpecification":{"Enabled":false},"Tags":[{"Key":"k","Value":"v"}],"TableClass":"STANDARD","WarmThroughput":{"ReadUnitsPerSecond":2,"WriteUnitsPerSecond":3},"DeletionProtectionEnabled":false}
            """),
        ("UpdateTable", """
            {"TableName":"TABLE","BillingMode":"PAY_PER_REQUEST","OnDemandThroughput":{"MaxReadRequestUnits":5,"MaxWriteRequestUnits":-1},"GlobalSecondaryIndexUpdates":[{"Update":{"IndexName":"by-g","OnDemandThroughput":{"MaxReadRequestUnits":-1,"MaxWriteRequestUnits":6},"WarmThroughput":{"ReadUnitsPerSecond":12001}}}]}
            """),
        ("UpdateTable", """{"TableName":"TABLE","WarmThroughput":{"ReadUnitsPerSecond":12001,"WriteUnitsPerSecond":4001}}"""),
        ("UpdateTable", """
            {"TableName":"not.TABLE","AttributeDefinitions":[{"AttributeName":"h","AttributeType":"S"}],"GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"more","KeySchema":[{"AttributeName":"h","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"},"ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1}}},{"Update":{"IndexName":"by-g","ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1}}},{"Delete":{"IndexName":"none"}}]}
            """),
        ("UpdateTable", """
            {"TableName":"not.TABLE","StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}}
            """),
        ("DescribeContinuousBackups", """{"TableName":"TABLE"}"""),
        ("DescribeTimeToLive", """{"TableName":"TABLE"}"""),
        ("DescribeLimits", "{}"),
        ("UpdateTimeToLive", """
            {"TableName":"not.TABLE","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"}}
            """),
        ("TagResource", """{"ResourceArn":"ARN","Tags":[{"Key":"k","Value":"v"}]}"""),
        ("UntagResource", """{"ResourceArn":"ARN","TagKeys":["k"]}"""),
        ("ListTagsOfResource", """{"ResourceArn":"ARN"}"""),
        ("ListTables", """{"ExclusiveStartTableName":"aaa","Limit":2}"""),
        ("DescribeEndpoints", "{}"),
        ("ListStreams", """{"TableName":"TABLE","ExclusiveStartStreamArn":"STREAM","Limit":2}"""),
        ("DescribeStream", """{"StreamArn":"STREAM","Limit":2,"ExclusiveStartShardId":"SHARD"}"""),
        ("GetShardIterator", """{"StreamArn":"STREAM","ShardId":"SHARD","ShardIteratorType":"LATEST"}"""),
        ("GetShardIterator", """
            {"StreamArn":"STREAM","ShardId":"SHARD","ShardIteratorType":"AT_SEQUENCE_NUMBER","SequenceNumber":"000000000000000000001"}
            """),
        ("GetRecords", """{"ShardIterator":"ITERATOR","Limit":3}"""),
    ];

    /// <summary>Returns all requests for a table of <see cref="WireTables"/>.</summary>
    /// <param name="http">A client of the server that has the table.</param>
    /// <param name="table">The name of the table.</param>
    public static async Task<IReadOnlyList<(string Operation, string Json)>> OfAsync(HttpClient http, string table)
    {
        var stream = await WireStream.OfAsync(http, table);
        var iterator = await stream.IteratorAsync(stream.ShardIds[0], "TRIM_HORIZON");
        return
        [
            .. OfTable.Select(request => (
                request.Operation,
                request.Json.Replace("\"ARN\"", "\"arn:aws:dynamodb:local:000000000000:table/TABLE\"", StringComparison.Ordinal)
                    .Replace("TABLE", table, StringComparison.Ordinal)
                    .Replace("\"STREAM\"", $"\"{stream.Arn}\"", StringComparison.Ordinal)
                    .Replace("SHARD", stream.ShardIds[0], StringComparison.Ordinal)
                    .Replace("ITERATOR", iterator, StringComparison.Ordinal)
                    .Replace("EXPECTED", Expected, StringComparison.Ordinal))),
        ];
    }
}
