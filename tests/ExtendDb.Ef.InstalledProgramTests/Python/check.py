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

# Refusals.
refused(client.exceptions.ResourceNotFoundException, lambda: client.scan(TableName="no-such-table"))
refused(client.exceptions.ResourceInUseException, lambda: client.create_table(
    TableName=NAME,
    KeySchema=[{"AttributeName": "Id", "KeyType": "HASH"}],
    AttributeDefinitions=[{"AttributeName": "Id", "AttributeType": "S"}],
    BillingMode="PAY_PER_REQUEST"))
refusal = refused(ClientError, lambda: table.get_item(Key={"Id": "1"}))
equal(refusal["Error"]["Code"], "ValidationException")

# The table goes.
table.delete()
client.get_waiter("table_not_exists").wait(TableName=NAME, WaiterConfig={"Delay": 1, "MaxAttempts": 20})
print("all answers were right")
