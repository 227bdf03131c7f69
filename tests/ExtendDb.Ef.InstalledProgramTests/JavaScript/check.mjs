// Uses the server at the URL that is its first argument as programs use DynamoDB. Ends with 1 at the first wrong answer.
import assert from "node:assert/strict";
import {
  ConditionalCheckFailedException, CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, ResourceInUseException,
  ResourceNotFoundException, TransactionCanceledException, paginateListTables,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand, BatchWriteCommand, DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, ScanCommand,
  TransactGetCommand, TransactWriteCommand, UpdateCommand, paginateQuery, paginateScan,
} from "@aws-sdk/lib-dynamodb";
import { connection, deleteTable, eventually, succeed, tableExists } from "./server.mjs";

const client = new DynamoDBClient(connection);
const documents = DynamoDBDocumentClient.from(client);
const TableName = `javascript-${Date.now()}`;

const table = {
  TableName,
  KeySchema: [{ AttributeName: "Id", KeyType: "HASH" }, { AttributeName: "Sort", KeyType: "RANGE" }],
  AttributeDefinitions: [
    { AttributeName: "Id", AttributeType: "S" },
    { AttributeName: "Sort", AttributeType: "N" },
    { AttributeName: "Kind", AttributeType: "S" },
  ],
  BillingMode: "PAY_PER_REQUEST",
  GlobalSecondaryIndexes: [{
    IndexName: "by-kind",
    KeySchema: [{ AttributeName: "Kind", KeyType: "HASH" }],
    Projection: { ProjectionType: "ALL" },
  }],
};

// Tables.
await client.send(new CreateTableCommand(table));
await tableExists(client, TableName);
await assert.rejects(client.send(new CreateTableCommand(table)), ResourceInUseException);
const listed = [];
for await (const page of paginateListTables({ client, pageSize: 1 }, {})) {
  listed.push(...page.TableNames);
}
assert.ok(listed.includes(TableName));

// Every type, as the low-level client sends it.
const typed = {
  Id: { S: "typed" },
  Sort: { N: "1" },
  S: { S: "ü 𝄞" },
  Empty: { S: "" },
  N: { N: "12345678901234567890123456789012345678" },
  B: { B: new Uint8Array([0, 1, 255]) },
  EmptyB: { B: new Uint8Array(0) },
  Yes: { BOOL: true },
  No: { BOOL: false },
  Null: { NULL: true },
  L: { L: [{ S: "a" }, { L: [] }, { M: {} }] },
  M: { M: { deep: { M: { deeper: { N: "-0.5" } } } } },
  SS: { SS: ["a", ""] },
  NS: { NS: ["1", "2.5"] },
  BS: { BS: [new Uint8Array([1]), new Uint8Array([2])] },
};
await client.send(new PutItemCommand({ TableName, Item: typed }));
const { Item: read } = await client.send(
  new GetItemCommand({ TableName, Key: { Id: typed.Id, Sort: typed.Sort }, ConsistentRead: true }));
for (const set of ["SS", "NS"]) {
  read[set][set].sort();
  typed[set][set].sort();
}
read.BS.BS.sort((a, b) => a[0] - b[0]);
assert.deepEqual(read, typed);

// Put, get, update, delete of the document client.
const Key = { Id: "1", Sort: 1 };
await documents.send(new PutCommand({ TableName, Item: { ...Key, Kind: "odd", Tags: new Set(["a"]), Deep: { list: [1, null] } } }));
const got = await documents.send(new GetCommand({ TableName, Key, ReturnConsumedCapacity: "TOTAL" }));
assert.deepEqual(got.Item, { ...Key, Kind: "odd", Tags: new Set(["a"]), Deep: { list: [1, null] } });
assert.deepEqual(got.ConsumedCapacity, { TableName, CapacityUnits: 0.5 });
assert.match(got.$metadata.requestId, /^[A-Z0-9]{52}$/);
const updated = await documents.send(new UpdateCommand({
  TableName,
  Key,
  UpdateExpression: "SET Deep.#l[0] = Deep.#l[0] + :one ADD Tags :more",
  ExpressionAttributeNames: { "#l": "list" },
  ExpressionAttributeValues: { ":one": 1, ":more": new Set(["b"]) },
  ReturnValues: "ALL_NEW",
}));
assert.equal(updated.Attributes.Deep.list[0], 2);
assert.deepEqual([...updated.Attributes.Tags].sort(), ["a", "b"]);
await assert.rejects(
  documents.send(new DeleteCommand({
    TableName,
    Key,
    ConditionExpression: "Kind = :even",
    ExpressionAttributeValues: { ":even": "even" },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  })),
  (error) => error instanceof ConditionalCheckFailedException && error.Item.Kind.S === "odd"
    && error.message === "The conditional request failed" && error.$metadata.httpStatusCode === 400);
const deleted = await documents.send(new DeleteCommand({ TableName, Key, ReturnValues: "ALL_OLD" }));
assert.equal(deleted.Attributes.Kind, "odd");
assert.equal((await documents.send(new GetCommand({ TableName, Key }))).Item, undefined);

// Batches and pages.
const items = [...Array(25).keys()].map((Sort) => (
  { Id: "many", Sort, Kind: Sort % 2 === 0 ? "even" : "odd", Text: "x".repeat(1000) }));
const batch = await documents.send(new BatchWriteCommand({
  RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) },
}));
assert.deepEqual(batch.UnprocessedItems, {});
const some = await documents.send(new BatchGetCommand({
  RequestItems: { [TableName]: { Keys: [{ Id: "many", Sort: 3 }, { Id: "none", Sort: 3 }] } },
}));
assert.deepEqual(some.Responses[TableName], [items[3]]);

const all = { KeyConditionExpression: "Id = :id", ExpressionAttributeValues: { ":id": "many" } };
const page = await documents.send(new QueryCommand({ TableName, ...all }));
assert.deepEqual(page.Items, items);
assert.equal(page.LastEvaluatedKey, undefined);
const sorts = [];
for await (const each of paginateQuery({ client: documents, pageSize: 10 }, { TableName, ...all, ScanIndexForward: false })) {
  sorts.push(...each.Items.map((item) => item.Sort));
}
assert.deepEqual(sorts, items.map((item) => item.Sort).reverse());
const kind = {
  TableName,
  IndexName: "by-kind",
  KeyConditionExpression: "Kind = :kind",
  ExpressionAttributeValues: { ":kind": "odd" },
};
await eventually(
  async () => (await documents.send(new QueryCommand({ ...kind, Select: "COUNT" }))).Count, (count) => count === 12);
const odd = [];
for await (const each of paginateQuery({ client: documents, pageSize: 5 }, kind)) {
  odd.push(...each.Items.map((item) => item.Sort));
}
assert.deepEqual(odd.sort((a, b) => a - b), items.map((item) => item.Sort).filter((sort) => sort % 2 === 1));
let scanned = 0;
for (const Segment of [0, 1, 2]) {
  for await (const each of paginateScan({ client: documents, pageSize: 4 }, { TableName, Segment, TotalSegments: 3 })) {
    scanned += each.Count;
  }
}
assert.equal(scanned, 26);

// Transactions.
await documents.send(new TransactWriteCommand({
  TransactItems: [
    { Put: { TableName, Item: { Id: "t", Sort: 1 } } },
    { Update: { TableName, Key: { Id: "many", Sort: 0 }, UpdateExpression: "SET Kind = :k", ExpressionAttributeValues: { ":k": "zero" } } },
    { ConditionCheck: { TableName, Key: { Id: "many", Sort: 1 }, ConditionExpression: "attribute_exists(Id)" } },
    { Delete: { TableName, Key: { Id: "many", Sort: 2 } } },
  ],
}));
const together = await documents.send(new TransactGetCommand({
  TransactItems: [[0, "many"], [2, "many"], [1, "t"]].map(([Sort, Id]) => ({ Get: { TableName, Key: { Id, Sort } } })),
}));
assert.deepEqual(together.Responses.map((response) => response.Item?.Id), ["many", undefined, "t"]);
assert.equal(together.Responses[0].Item.Kind, "zero");
await assert.rejects(
  documents.send(new TransactWriteCommand({
    TransactItems: [
      { Put: { TableName, Item: { Id: "u", Sort: 1 } } },
      {
        Put: {
          TableName,
          Item: { Id: "t", Sort: 1 },
          ConditionExpression: "attribute_not_exists(Id)",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        },
      },
    ],
  })),
  (error) => error instanceof TransactionCanceledException
    && error.CancellationReasons.map((reason) => reason.Code).join() === "None,ConditionalCheckFailed"
    && error.CancellationReasons[1].Item.Id.S === "t");

// Refusals.
await assert.rejects(
  documents.send(new ScanCommand({ TableName: "no-such-table" })),
  (error) => error instanceof ResourceNotFoundException && error.message === "Requested resource not found");
await assert.rejects(
  documents.send(new GetCommand({ TableName, Key: { Id: "1" } })),
  (error) => error.name === "ValidationException" && error.message === "The provided key element does not match the schema");

// The table goes.
await deleteTable(client, TableName);
succeed();
