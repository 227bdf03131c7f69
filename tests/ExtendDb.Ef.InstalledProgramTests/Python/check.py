"""Uses the server at the URL that is its first argument as programs use DynamoDB. Ends with 1 at the first wrong answer."""

import sys
import time
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from boto3.dynamodb.types import Binary
from botocore.config import Config
from botocore.exceptions import ClientError

CONNECTION = {
    "endpoint_url": sys.argv[1],
    "region_name": "us-east-1",
    "aws_access_key_id": "any",
    "aws_secret_access_key": "any",
    "config": Config(retries={"total_max_attempts": 1}),
}
client = boto3.client("dynamodb", **CONNECTION)
resource = boto3.resource("dynamodb", **CONNECTION)
streams = boto3.client("dynamodbstreams", **CONNECTION)
NAME = f"python-{time.time_ns()}"


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"{actual!r} is not {expected!r}")


def refused(kind, work):
    """Runs what has to be refused; returns what the answer says."""
    try:
        work()
    except kind as refusal:
        equal(refusal.response["ResponseMetadata"]["HTTPStatusCode"], 400)
        return refusal.response
    raise AssertionError(f"{kind} was not raised")


def eventually(read, expected):
    deadline = time.monotonic() + 10
    while (last := read()) != expected:
        if time.monotonic() > deadline:
            raise AssertionError(f"still {last!r}, not {expected!r}")
        time.sleep(0.02)


# Tables.
table = resource.create_table(
    TableName=NAME,
    KeySchema=[{"AttributeName": "Id", "KeyType": "HASH"}, {"AttributeName": "Sort", "KeyType": "RANGE"}],
    AttributeDefinitions=[
        {"AttributeName": "Id", "AttributeType": "S"},
        {"AttributeName": "Sort", "AttributeType": "N"},
        {"AttributeName": "Kind", "AttributeType": "S"},
    ],
    BillingMode="PAY_PER_REQUEST",
    StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    GlobalSecondaryIndexes=[{
        "IndexName": "by-kind",
        "KeySchema": [{"AttributeName": "Kind", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["Text"]},
    }],
)
client.get_waiter("table_exists").wait(TableName=NAME, WaiterConfig={"Delay": 1, "MaxAttempts": 20})
table.reload()
equal(table.table_status, "ACTIVE")
equal(table.key_schema, [{"AttributeName": "Id", "KeyType": "HASH"}, {"AttributeName": "Sort", "KeyType": "RANGE"}])
names = [name for page in client.get_paginator("list_tables").paginate(PaginationConfig={"PageSize": 1})
         for name in page["TableNames"]]
equal(NAME in names, True)

equal(table.stream_specification, {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"})
STREAM = table.latest_stream_arn

# Every type.
item = {
    "Id": "typed",
    "Sort": Decimal(1),
    "S": "ü 𝄞",
    "Empty": "",
    "N": Decimal("12345678901234567890123456789012345678"),
    "B": Binary(b"\x00\x01\xff"),
    "EmptyB": Binary(b""),
    "Yes": True,
    "No": False,
    "Null": None,
    "L": ["a", [], {}],
    "M": {"deep": {"deeper": Decimal("-0.5")}},
    "SS": {"a", ""},
    "NS": {Decimal(1), Decimal("2.5")},
    "BS": {Binary(b"\x01"), Binary(b"\x02")},
}
table.put_item(Item=item)
equal(table.get_item(Key={"Id": "typed", "Sort": 1}, ConsistentRead=True)["Item"], item)

# Put, get, update, delete.
key = {"Id": "1", "Sort": 1}
table.put_item(Item={**key, "Kind": "odd", "Numbers": [1, 2]})
answer = table.update_item(
    Key=key,
    UpdateExpression="SET Numbers[1] = Numbers[1] + :one REMOVE Numbers[0]",
    ExpressionAttributeValues={":one": 1},
    ReturnValues="ALL_NEW",
    ReturnConsumedCapacity="INDEXES",
)
equal(answer["Attributes"]["Numbers"], [3])
equal(answer["ConsumedCapacity"], {"TableName": NAME, "CapacityUnits": 1.0, "Table": {"CapacityUnits": 1.0}})
refusal = refused(
    client.exceptions.ConditionalCheckFailedException,
    lambda: table.delete_item(Key=key, ConditionExpression=Attr("Kind").eq("even") & Attr("Numbers").size().gt(0)))
equal(refusal["Error"], {"Code": "ConditionalCheckFailedException", "Message": "The conditional request failed"})
equal(table.delete_item(Key=key, ReturnValues="ALL_OLD")["Attributes"]["Kind"], "odd")
equal("Item" in table.get_item(Key=key), False)

# Batches, indexes and pages.
with table.batch_writer() as batch:
    for sort in range(60):
        batch.put_item(Item={"Id": "many", "Sort": sort, "Kind": ("even", "odd")[sort % 2], "Text": "x" * 1000})
page = table.query(KeyConditionExpression=Key("Id").eq("many") & Key("Sort").between(10, 19), ScanIndexForward=False)
equal([int(each["Sort"]) for each in page["Items"]], list(range(19, 9, -1)))
eventually(
    lambda: table.query(IndexName="by-kind", KeyConditionExpression=Key("Kind").eq("odd"), Select="COUNT")["Count"], 30)
odd = [each["Sort"]["N"] for page in client.get_paginator("query").paginate(
    TableName=NAME,
    IndexName="by-kind",
    KeyConditionExpression="Kind = :kind",
    ExpressionAttributeValues={":kind": {"S": "odd"}},
    PaginationConfig={"PageSize": 7},
) for each in page["Items"]]
equal(sorted(map(int, odd)), list(range(1, 60, 2)))
scanned = [each["Sort"]["N"] for segment in range(3) for page in client.get_paginator("scan").paginate(
    TableName=NAME, Segment=segment, TotalSegments=3, FilterExpression="attribute_exists(Kind)",
    PaginationConfig={"PageSize": 11},
) for each in page["Items"]]
equal(sorted(map(int, scanned)), list(range(60)))
answer = resource.batch_get_item(RequestItems={NAME: {"Keys": [{"Id": "many", "Sort": 3}, {"Id": "none", "Sort": 3}]}})
equal([int(each["Sort"]) for each in answer["Responses"][NAME]], [3])
equal(answer["UnprocessedKeys"], {})

# Transactions.
many = {"Id": {"S": "many"}, "Sort": {"N": "0"}}
client.transact_write_items(TransactItems=[
    {"Put": {"TableName": NAME, "Item": {"Id": {"S": "t"}, "Sort": {"N": "1"}}}},
    {"Update": {"TableName": NAME, "Key": many, "UpdateExpression": "REMOVE Kind"}},
])
together = client.transact_get_items(TransactItems=[
    {"Get": {"TableName": NAME, "Key": many}},
    {"Get": {"TableName": NAME, "Key": {"Id": {"S": "none"}, "Sort": {"N": "0"}}}},
])["Responses"]
equal(["Kind" in together[0]["Item"], together[1]], [False, {}])
refusal = refused(client.exceptions.TransactionCanceledException, lambda: client.transact_write_items(TransactItems=[
    {"Delete": {"TableName": NAME, "Key": many}},
    {"Put": {
        "TableName": NAME,
        "Item": {"Id": {"S": "t"}, "Sort": {"N": "1"}},
        "ConditionExpression": "attribute_not_exists(Id)",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }},
]))
equal(refusal["CancellationReasons"], [{"Code": "None"}, {
    "Code": "ConditionalCheckFailed",
    "Message": "The conditional request failed",
    "Item": {"Id": {"S": "t"}, "Sort": {"N": "1"}},
}])

# Statements.
equal(client.execute_statement(
    Statement=f'SELECT Sort, Id FROM "{NAME}" WHERE Id = ? AND Sort = ?',
    Parameters=[{"S": "t"}, {"N": "1"}])["Items"], [{"Id": {"S": "t"}, "Sort": {"N": "1"}}])
several = client.batch_execute_statement(Statements=[
    {"Statement": f"""SELECT * FROM "{NAME}" WHERE Id = 't' AND Sort = 1"""},
    {"Statement": """SELECT * FROM "no-such-table" WHERE Id = 't'"""},
])["Responses"]
equal([several[0]["Item"], several[1]["Error"]["Code"]], [{"Id": {"S": "t"}, "Sort": {"N": "1"}}, "ResourceNotFound"])
refused(client.exceptions.DuplicateItemException, lambda: client.execute_statement(
    Statement=f"""INSERT INTO "{NAME}" VALUE {{'Id': 't', 'Sort': 1}}"""))
refusal = refused(client.exceptions.TransactionCanceledException, lambda: client.execute_transaction(TransactStatements=[
    {"Statement": f"""DELETE FROM "{NAME}" WHERE Id = 't' AND Sort = 1"""},
    {"Statement": f"""UPDATE "{NAME}" SET A = 1 WHERE Id = 'none' AND Sort = 0"""},
]))
equal([reason["Code"] for reason in refusal["CancellationReasons"]], ["None", "ConditionalCheckFailed"])
refusal = refused(ClientError, lambda: client.execute_statement(Statement="SELECT FROM"))
equal(refusal["Error"]["Code"], "ValidationException")

# Refusals.
refused(client.exceptions.ResourceNotFoundException, lambda: client.scan(TableName="no-such-table"))
refused(client.exceptions.ResourceInUseException, lambda: client.create_table(
    TableName=NAME,
    KeySchema=[{"AttributeName": "Id", "KeyType": "HASH"}],
    AttributeDefinitions=[{"AttributeName": "Id", "AttributeType": "S"}],
    BillingMode="PAY_PER_REQUEST"))
refusal = refused(ClientError, lambda: table.get_item(Key={"Id": "1"}))
equal(refusal["Error"]["Code"], "ValidationException")



# The stream.
def read_shard(shard, **place):
    """Returns the records of a shard up to the first empty page, and the iterator behind them."""
    records = []
    iterator = streams.get_shard_iterator(StreamArn=STREAM, ShardId=shard, **place)["ShardIterator"]
    while iterator:
        page = streams.get_records(ShardIterator=iterator, Limit=1000)
        records += page["Records"]
        iterator = page.get("NextShardIterator")
        if not page["Records"]:
            break
    return records, iterator


def changes(records, identity):
    return [each["eventName"] for each in records if each["dynamodb"]["Keys"]["Id"]["S"] == identity]


equal([each["StreamArn"] for each in streams.list_streams(TableName=NAME)["Streams"]], [STREAM])
described = streams.describe_stream(StreamArn=STREAM)["StreamDescription"]
equal([described["StreamStatus"], described["StreamViewType"]], ["ENABLED", "NEW_AND_OLD_IMAGES"])
shards = [shard["ShardId"] for shard in described["Shards"]]
history = {shard: read_shard(shard, ShardIteratorType="TRIM_HORIZON")[0] for shard in shards}
every = [record for records in history.values() for record in records]
equal([len({each["eventID"] for each in every}), len(changes(every, "many"))], [len(every), 61])
equal([changes(every, "typed"), changes(every, "1")], [["INSERT"], ["INSERT", "MODIFY", "REMOVE"]])
changed = next(each for each in every if each["dynamodb"]["Keys"]["Id"]["S"] == "1" and each["eventName"] == "MODIFY")
equal([changed["eventSource"], changed["awsRegion"]], ["aws:dynamodb", STREAM.split(":")[3]])
equal(changed["dynamodb"]["OldImage"]["Numbers"], {"L": [{"N": "1"}, {"N": "2"}]})
equal(changed["dynamodb"]["NewImage"]["Numbers"], {"L": [{"N": "3"}]})
equal(abs(changed["dynamodb"]["ApproximateCreationDateTime"].timestamp() - time.time()) < 600, True)
shard, records = next((shard, records) for shard, records in history.items() if len(records) > 1)
number = records[0]["dynamodb"]["SequenceNumber"]
equal(read_shard(shard, ShardIteratorType="AT_SEQUENCE_NUMBER", SequenceNumber=number)[0], records)
equal(read_shard(shard, ShardIteratorType="AFTER_SEQUENCE_NUMBER", SequenceNumber=number)[0], records[1:])
refused(streams.exceptions.ResourceNotFoundException, lambda: streams.describe_stream(StreamArn=STREAM + "9"))

# The table goes, and its stream ends.
table.delete()
client.get_waiter("table_not_exists").wait(TableName=NAME, WaiterConfig={"Delay": 1, "MaxAttempts": 20})
eventually(lambda: streams.describe_stream(StreamArn=STREAM)["StreamDescription"]["StreamStatus"], "DISABLED")
iterators = [read_shard(shard, ShardIteratorType="TRIM_HORIZON")[1] for shard in shards]
equal(iterators, [None] * len(shards))
print("all answers were right")
