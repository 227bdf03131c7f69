// Uses the server at the URL that is its first argument through DynamoDB-Toolbox. Ends with 1 at the first wrong answer.
import assert from "node:assert/strict";
import { ConditionalCheckFailedException, CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import {
  $add, $append, $delete, $get, $remove, $set, $subtract, $sum, BatchDeleteRequest, BatchGetCommand, BatchGetRequest, BatchPutRequest,
  BatchWriteCommand, ConditionCheck, DeleteItemCommand, DeletePartitionCommand, DeleteTransaction, Entity, GetItemCommand,
  GetTransaction, PutItemCommand, PutTransaction, QueryCommand, ScanCommand, Table, UpdateAttributesCommand, UpdateItemCommand,
  UpdateTransaction, binary, boolean, executeBatchGet, executeBatchWrite, executeTransactGet, executeTransactWrite, isTransactionCancelled,
  item, list, map, number, record, set, string,
} from "dynamodb-toolbox";
import { connection, deleteTable, eventually, succeed, tableExists } from "./server.mjs";

const client = new DynamoDBClient(connection);
const name = `dynamodb-toolbox-${Date.now()}`;

// The library creates no tables.
await client.send(new CreateTableCommand({
  TableName: name,
  KeySchema: [{ AttributeName: "shop", KeyType: "HASH" }, { AttributeName: "code", KeyType: "RANGE" }],
  AttributeDefinitions: [
    { AttributeName: "shop", AttributeType: "S" },
    { AttributeName: "code", AttributeType: "S" },
    { AttributeName: "kind", AttributeType: "S" },
    { AttributeName: "price", AttributeType: "N" },
  ],
  BillingMode: "PAY_PER_REQUEST",
  GlobalSecondaryIndexes: [{
    IndexName: "by-kind",
    KeySchema: [{ AttributeName: "kind", KeyType: "HASH" }, { AttributeName: "price", KeyType: "RANGE" }],
    Projection: { ProjectionType: "ALL" },
  }],
  LocalSecondaryIndexes: [{
    IndexName: "by-price",
    KeySchema: [{ AttributeName: "shop", KeyType: "HASH" }, { AttributeName: "price", KeyType: "RANGE" }],
    Projection: { ProjectionType: "KEYS_ONLY" },
  }],
}));
await tableExists(client, name);
const table = new Table({
  name,
  documentClient: DynamoDBDocumentClient.from(client),
  partitionKey: { name: "shop", type: "string" },
  sortKey: { name: "code", type: "string" },
  indexes: {
    "by-kind": {
      type: "global", partitionKey: { name: "kind", type: "string" }, sortKey: { name: "price", type: "number" },
    },
    "by-price": { type: "local", sortKey: { name: "price", type: "number" } },
  },
});
const Product = new Entity({
  name: "product",
  table,
  timestamps: false,
  schema: item({
    shop: string().key(),
    code: string().key(),
    kind: string().optional(),
    price: number().optional(),
    colours: set(string()).optional(),
    notes: list(string()).optional(),
    size: map({ width: number(), height: number().optional() }).optional(),
    stock: record(string(), number()).optional(),
    picture: binary().optional(),
    sold: boolean().optional(),
    gift: boolean().optional(),
  }),
});
const Person = new Entity({
  name: "person",
  table,
  schema: item({ shop: string().key(), code: string().key(), role: string().enum("seller", "owner").default("seller") }),
});

// Puts; what is there is not put again.
const lamp = {
  shop: "north",
  code: "lamp",
  kind: "light",
  price: 10.5,
  colours: new Set(["red", "white"]),
  notes: ["new"],
  size: { width: 3, height: 9 },
  stock: { hall: 4, cellar: 1 },
  picture: new Uint8Array([0, 1, 255]),
  sold: false,
};
await Product.build(PutItemCommand).item(lamp).send();
const got = await Product.build(GetItemCommand).key({ shop: "north", code: "lamp" })
  .options({ consistent: true, capacity: "TOTAL" }).send();
assert.deepEqual({ ...got.Item, picture: new Uint8Array(got.Item.picture) }, lamp);
assert.deepEqual(got.ConsumedCapacity, { TableName: name, CapacityUnits: 1 });
await assert.rejects(
  Product.build(PutItemCommand).item({ ...lamp, price: 1 }).options({ condition: { attr: "code", exists: false } }).send(),
  ConditionalCheckFailedException);
const part = await Product.build(GetItemCommand).key({ shop: "north", code: "lamp" })
  .options({ attributes: ["size.width", "notes[0]"] }).send();
assert.deepEqual(part.Item, { size: { width: 3 }, notes: ["new"] });
const candles = [...Array(20).keys()].map((each) => (
  { shop: "south", code: `candle${String(each).padStart(2, "0")}`, kind: "light", price: each, sold: each % 2 === 1 }));
const batch = await executeBatchWrite(table.build(BatchWriteCommand).requests(
  ...candles.map((candle) => Product.build(BatchPutRequest).item(candle)),
  Person.build(BatchPutRequest).item({ shop: "south", code: "ann" })));
assert.deepEqual(batch.UnprocessedItems, {});
const several = await executeBatchGet(table.build(BatchGetCommand).requests(
  Product.build(BatchGetRequest).key({ shop: "south", code: "candle03" }),
  Person.build(BatchGetRequest).key({ shop: "south", code: "ann" }),
  Product.build(BatchGetRequest).key({ shop: "south", code: "none" })));
assert.equal(several.Responses[0][0].price, 3);
assert.equal(several.Responses[0][1].role, "seller");
assert.equal(several.Responses[0][2], undefined);

// Queries the table and both indexes, with filters, projections and pages.
const south = await table.build(QueryCommand).entities(Product, Person).query({ partition: "south" })
  .options({ reverse: true }).send();
assert.deepEqual(south.Items.map((each) => each.code), [...candles.map((candle) => candle.code).reverse(), "ann"]);
const some = await table.build(QueryCommand).entities(Product)
  .query({ partition: "south", range: { beginsWith: "candle1" } })
  .options({ filters: { product: { and: [{ attr: "sold", eq: true }, { not: { attr: "price", in: [13, 15] } }] } } }).send();
assert.deepEqual(some.Items.map((each) => each.price), [11, 17, 19]);
const cheap = await table.build(QueryCommand)
  .query({ index: "by-price", partition: "south", range: { lt: 3 } }).options({ consistent: true }).send();
assert.deepEqual(cheap.Items, candles.slice(0, 3).map(({ shop, code, price }) => ({ shop, code, price })));
const lights = (range, options = {}) => table.build(QueryCommand).entities(Product)
  .query({ index: "by-kind", partition: "light", ...(range && { range }) }).options(options).send();
await eventually(() => lights(), (page) => page.Count === 21);
assert.deepEqual((await lights({ between: [9, 11] })).Items.map((each) => each.price), [9, 10, 10.5, 11]);
const paged = [];
let exclusiveStartKey;
do {
  const page = await lights({ gte: 1 }, { limit: 6, attributes: ["price"], ...(exclusiveStartKey && { exclusiveStartKey }) });
  paged.push(...page.Items.map((each) => each.price));
  exclusiveStartKey = page.LastEvaluatedKey;
} while (exclusiveStartKey);
assert.deepEqual(paged, [...candles.map((candle) => candle.price).slice(1), 10.5].sort((a, b) => a - b));
const scanned = await table.build(ScanCommand).entities(Person).options({ maxPages: Infinity }).send();
assert.deepEqual(scanned.Items.map((person) => [person.code, person.role]), [["ann", "seller"]]);

// Updates in every way the library has, also on a condition, and moves an item in the index.
const { Attributes: changed } = await Product.build(UpdateItemCommand).item({
  shop: "north",
  code: "lamp",
  kind: "antique",
  price: $add(2),
  colours: $add(new Set(["blue"])),
  notes: $append(["sold"]),
  size: { width: $sum($get("size.width"), 1), height: $remove() },
  stock: { hall: $subtract($get("stock.hall"), 1), attic: 7 },
  sold: $get("gift", true),
}).options({ returnValues: "ALL_NEW" }).send();
assert.deepEqual({ ...changed, picture: new Uint8Array(changed.picture) }, {
  ...lamp,
  kind: "antique",
  price: 12.5,
  colours: new Set(["blue", "red", "white"]),
  notes: ["new", "sold"],
  size: { width: 4 },
  stock: { hall: 3, cellar: 1, attic: 7 },
  sold: true,
});
const { Attributes: replaced } = await Product.build(UpdateAttributesCommand).item({
  shop: "north", code: "lamp", size: { width: 1 }, colours: $delete(new Set(["red", "blue"])), picture: $remove(),
}).options({ returnValues: "UPDATED_NEW" }).send();
assert.deepEqual(replaced.size, { width: 1 });
assert.deepEqual(replaced.colours, new Set(["white"]));
await assert.rejects(
  Product.build(UpdateItemCommand).item({ shop: "north", code: "lamp", stock: $set({}) }).options({
    condition: { or: [{ attr: "price", gt: 100 }, { attr: "size.width", type: "S" }, { attr: "notes", contains: "lost" }] },
    returnValuesOnConditionFalse: "ALL_OLD",
  }).send(),
  (error) => error instanceof ConditionalCheckFailedException && error.Item.price.N === "12.5");
await eventually(() => lights(), (page) => page.Count === 20);
const antiques = await table.build(QueryCommand).entities(Product).query({ index: "by-kind", partition: "antique" }).send();
assert.deepEqual(antiques.Items.map((each) => [each.code, each.price]), [["lamp", 12.5]]);

// Writes together, or not at all, and reads together.
await executeTransactWrite(
  { clientRequestToken: "0123456789" },
  Product.build(PutTransaction).item({ shop: "north", code: "torch", price: 1 }),
  Product.build(UpdateTransaction).item({ shop: "north", code: "lamp", price: $subtract($get("price"), 2) }),
  Product.build(DeleteTransaction).key({ shop: "south", code: "candle00" }),
  Person.build(ConditionCheck).key({ shop: "south", code: "ann" }).condition({ attr: "role", eq: "seller" }));
const refused = [
  Product.build(UpdateTransaction).item({ shop: "north", code: "lamp", price: $add(100) }),
  Product.build(PutTransaction).item({ shop: "north", code: "torch" })
    .options({ condition: { attr: "shop", exists: false }, returnValuesOnConditionFalse: "ALL_OLD" }),
];
await assert.rejects(
  executeTransactWrite(...refused),
  (error) => isTransactionCancelled(error, ...refused)
    && error.CancellationReasons.map((reason) => reason.Code).join() === "None,ConditionalCheckFailed"
    && error.CancellationReasons[1].FormattedItem.price === 1);
const { Responses: together } = await executeTransactGet(
  Product.build(GetTransaction).key({ shop: "north", code: "lamp" }).options({ attributes: ["price"] }),
  Product.build(GetTransaction).key({ shop: "south", code: "candle00" }),
  Product.build(GetTransaction).key({ shop: "north", code: "torch" }));
assert.deepEqual(together.map((response) => response.Item?.price), [10.5, undefined, 1]);

// Deletes one, several, a partition and all.
const deleted = await Product.build(DeleteItemCommand).key({ shop: "north", code: "torch" }).options({ returnValues: "ALL_OLD" }).send();
assert.equal(deleted.Attributes.price, 1);
assert.equal((await Product.build(GetItemCommand).key({ shop: "north", code: "torch" }).send()).Item, undefined);
await executeBatchWrite(table.build(BatchWriteCommand).requests(
  Product.build(BatchDeleteRequest).key({ shop: "south", code: "candle01" }),
  Product.build(BatchDeleteRequest).key({ shop: "south", code: "candle02" })));
assert.equal((await table.build(QueryCommand).query({ partition: "south" }).options({ select: "COUNT" }).send()).Count, 18);
await table.build(DeletePartitionCommand).entities(Product, Person).query({ partition: "south" }).send();
assert.equal((await table.build(ScanCommand).send()).Count, 1);
await eventually(() => lights(), (page) => page.Count === 0);
await deleteTable(client, name);
succeed();
