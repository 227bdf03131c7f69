// Uses the server at the URL that is its first argument through dynamoose. Ends with 1 at the first wrong answer.
import assert from "node:assert/strict";
import { ConditionalCheckFailedException, DescribeTableCommand, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import dynamoose from "dynamoose";
import { connection, deleteTable, eventually, succeed } from "./server.mjs";

const client = new dynamoose.aws.ddb.DynamoDB(connection);
dynamoose.aws.ddb.set(client);
const TableName = `dynamoose-${Date.now()}`;

function schema(more) {
  return new dynamoose.Schema({
    id: { type: String, hashKey: true },
    sort: { type: Number, rangeKey: true },
    kind: { type: String, index: { name: "by-kind", type: "global", rangeKey: "sort" } },
    stock: Number,
    made: Date,
    tags: { type: Set, schema: [String] },
    labels: { type: Array, schema: [String] },
    place: { type: Object, schema: { shelf: Number, hall: { type: Object, schema: { name: String } } } },
    ...more,
  });
}

// Creates the table, with an index, tags and a time to live.
const Part = dynamoose.model("Part", schema({}));
const options = {
  throughput: "ON_DEMAND",
  waitForActive: { enabled: true, check: { frequency: 100, timeout: 20_000 } },
  initialize: false,
};
const table = new dynamoose.Table(
  TableName, [Part], { ...options, expires: { ttl: 86_400_000, attribute: "gone" }, tags: { of: "dynamoose" } });
await table.initialize();
const { Table: created } = await client.send(new DescribeTableCommand({ TableName }));
assert.equal(created.TableStatus, "ACTIVE");
assert.equal(created.BillingModeSummary.BillingMode, "PAY_PER_REQUEST");
assert.deepEqual(created.KeySchema, [
  { AttributeName: "id", KeyType: "HASH" }, { AttributeName: "sort", KeyType: "RANGE" }]);
assert.deepEqual(created.GlobalSecondaryIndexes.map((index) => index.IndexName), ["by-kind"]);
assert.deepEqual((await client.describeTimeToLive({ TableName })).TimeToLiveDescription,
  { TimeToLiveStatus: "ENABLED", AttributeName: "gone" });
assert.deepEqual((await client.listTagsOfResource({ ResourceArn: created.TableArn })).Tags, [{ Key: "of", Value: "dynamoose" }]);

// Puts; what is there is not created again.
const bolt = {
  id: "bolt",
  sort: 1,
  kind: "metal",
  stock: 5,
  made: new Date(1_700_000_000_000),
  tags: new Set(["a", "b"]),
  labels: ["one", "two"],
  place: { shelf: 3, hall: { name: "north" } },
};
await Part.create(bolt);
const { gone, ...read } = { ...await Part.get({ id: "bolt", sort: 1 }, { consistent: true }) };
assert.deepEqual(read, bolt);
assert.ok(gone instanceof Date && gone > Date.now());
await assert.rejects(Part.create(bolt), ConditionalCheckFailedException);
assert.deepEqual(await Part.batchPut([...Array(20).keys()].map((sort) => (
  { id: "nut", sort, kind: sort % 2 === 0 ? "metal" : "wood", stock: sort }))), { unprocessedItems: [] });
assert.equal((await Part.batchGet([{ id: "nut", sort: 3 }, { id: "none", sort: 3 }])).length, 1);

// Queries the table and the index, whole and in pages.
const nuts = await Part.query("id").eq("nut").where("sort").between(5, 8).sort("descending").exec();
assert.deepEqual(nuts.map((nut) => nut.sort), [8, 7, 6, 5]);
const byKind = () => Part.query("kind").eq("metal").using("by-kind");
await eventually(() => byKind().count().exec(), ({ count }) => count === 11);
assert.deepEqual((await byKind().where("sort").ge(14).exec()).map((part) => part.sort), [14, 16, 18]);
const paged = [];
for (let lastKey; ;) {
  const page = await (lastKey ? byKind().limit(4).startAt(lastKey) : byKind().limit(4)).exec();
  paged.push(...page.map((part) => `${part.id}${part.sort}`));
  if (!(lastKey = page.lastKey)) {
    break;
  }
}
assert.deepEqual(paged, ["nut0", "bolt1", ...[2, 4, 6, 8, 10, 12, 14, 16, 18].map((sort) => `nut${sort}`)]);
const wooden = await Part.scan("kind").eq("wood").where("stock").gt(10).all().exec();
assert.deepEqual(wooden.map((part) => part.stock).sort((a, b) => a - b), [11, 13, 15, 17, 19]);

// Updates in every way the library has, also on a condition.
const changed = await Part.update({ id: "bolt", sort: 1 }, {
  $SET: { kind: "steel", place: { shelf: 4, hall: { name: "south" } } },
  $ADD: { stock: 2, labels: ["three"] },
  $DELETE: { tags: new Set(["a"]) },
  $REMOVE: ["made"],
});
const { gone: _, ...left } = { ...changed };
assert.deepEqual(left, {
  id: "bolt",
  sort: 1,
  kind: "steel",
  stock: 7,
  tags: new Set(["b"]),
  labels: ["one", "two", "three"],
  place: { shelf: 4, hall: { name: "south" } },
});
await assert.rejects(
  Part.update({ id: "bolt", sort: 1 }, { stock: 0 }, { condition: new dynamoose.Condition("stock").lt(7) }),
  ConditionalCheckFailedException);
await eventually(() => Part.query("kind").eq("steel").using("by-kind").exec(), (parts) => parts.length === 1);

// Writes together, or not at all, and reads together.
await dynamoose.transaction([
  Part.transaction.create({ id: "screw", sort: 1, kind: "metal", stock: 1 }),
  Part.transaction.update({ id: "bolt", sort: 1 }, { $ADD: { stock: -1 } }),
  Part.transaction.delete({ id: "nut", sort: 0 }),
  Part.transaction.condition({ id: "nut", sort: 1 }, new dynamoose.Condition("kind").eq("wood")),
]);
await assert.rejects(
  dynamoose.transaction([
    Part.transaction.update({ id: "bolt", sort: 1 }, { $ADD: { stock: -1 } }),
    Part.transaction.create({ id: "screw", sort: 1, stock: 2 }),
  ]),
  (error) => error instanceof TransactionCanceledException
    && error.CancellationReasons.map((reason) => reason.Code).join() === "None,ConditionalCheckFailed");
const together = await dynamoose.transaction([
  Part.transaction.get({ id: "bolt", sort: 1 }), Part.transaction.get({ id: "screw", sort: 1 })]);
assert.deepEqual(together.map((part) => part.stock), [6, 1]);
assert.equal(await Part.get({ id: "nut", sort: 0 }), undefined);

// A second version of the model adds an index to the table that is there.
const Later = dynamoose.model("LaterPart", schema({ maker: { type: String, index: { name: "by-maker", type: "global" } } }));
const later = new dynamoose.Table(TableName, [Later], { ...options, update: ["indexes"] });
await later.initialize();
await Later.create({ id: "saw", sort: 1, maker: "smith" });
const made = await eventually(() => Later.query("maker").eq("smith").using("by-maker").exec(), (parts) => parts.length === 1);
assert.equal(made[0].id, "saw");

// Deletes one, several and all.
await Part.delete({ id: "screw", sort: 1 });
assert.equal(await Part.get({ id: "screw", sort: 1 }), undefined);
await Part.batchDelete([{ id: "nut", sort: 1 }, { id: "nut", sort: 2 }]);
assert.equal((await Part.query("id").eq("nut").count().exec()).count, 17);
await deleteTable(client, TableName);
succeed();
