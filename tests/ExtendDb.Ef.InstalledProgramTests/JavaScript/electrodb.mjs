// Uses the server at the URL that is its first argument through ElectroDB. Ends with 1 at the first wrong answer.
import assert from "node:assert/strict";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { Entity, Service } from "electrodb";
import { connection, deleteTable, eventually, succeed, tableExists } from "./server.mjs";

const client = new DynamoDBClient(connection);
const table = `electrodb-${Date.now()}`;

// One table for all entities, whose keys the library composes.
await client.send(new CreateTableCommand({
  TableName: table,
  KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }, { AttributeName: "sk", KeyType: "RANGE" }],
  AttributeDefinitions: ["pk", "sk", "gsi1pk", "gsi1sk"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
  BillingMode: "PAY_PER_REQUEST",
  GlobalSecondaryIndexes: [{
    IndexName: "gsi1",
    KeySchema: [{ AttributeName: "gsi1pk", KeyType: "HASH" }, { AttributeName: "gsi1sk", KeyType: "RANGE" }],
    Projection: { ProjectionType: "ALL" },
  }],
}));
await tableExists(client, table);

const Employee = new Entity({
  model: { entity: "employee", version: "1", service: "work" },
  attributes: {
    id: { type: "string", required: true },
    team: { type: "string", required: true },
    office: { type: "string", required: true },
    salary: { type: "number", padding: { length: 6, char: "0" } },
    skills: { type: "set", items: "string" },
    history: { type: "list", items: { type: "map", properties: { year: { type: "number" }, note: { type: "string" } } } },
    contact: { type: "map", properties: { mail: { type: "string" }, phones: { type: "list", items: { type: "string" } } } },
    active: { type: "boolean" },
  },
  indexes: {
    byId: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
    byOffice: {
      index: "gsi1",
      collection: "office",
      pk: { field: "gsi1pk", composite: ["office"] },
      sk: { field: "gsi1sk", composite: ["team", "id"] },
    },
  },
}, { client, table });
const Room = new Entity({
  model: { entity: "room", version: "1", service: "work" },
  attributes: { number: { type: "string" }, office: { type: "string" }, seats: { type: "number" } },
  indexes: {
    byNumber: { pk: { field: "pk", composite: ["number"] }, sk: { field: "sk", composite: [] } },
    byOffice: {
      index: "gsi1",
      collection: "office",
      pk: { field: "gsi1pk", composite: ["office"] },
      sk: { field: "gsi1sk", composite: ["number"] },
    },
  },
}, { client, table });
const work = new Service({ Employee, Room });

// Puts; what is there is not created again.
const ada = {
  id: "ada",
  team: "engines",
  office: "north",
  salary: 100,
  skills: ["algebra", "notes"],
  history: [{ year: 1842, note: "began" }],
  contact: { mail: "ada@example.org", phones: ["1", "2"] },
  active: true,
};
assert.deepEqual((await Employee.create(ada).go()).data, ada);
assert.deepEqual((await Employee.get({ id: "ada" }).go({ consistent: true })).data, ada);
await assert.rejects(Employee.create(ada).go(), (error) => error.cause.name === "ConditionalCheckFailedException");
const others = [...Array(30).keys()].map((number) => (
  { id: `e${number}`, team: number % 2 === 0 ? "engines" : "looms", office: "north", salary: number }));
assert.deepEqual((await Employee.put(others).go()).unprocessed, []);
await Room.put([{ number: "1", office: "north", seats: 4 }, { number: "2", office: "south", seats: 8 }]).go();
const several = await Employee.get([{ id: "e1" }, { id: "e2" }, { id: "none" }]).go();
assert.deepEqual(several.data.map((employee) => employee.id).sort(), ["e1", "e2"]);

// Queries the index: of one entity, by a part of the sort key, in pages, and of all entities together.
const inNorth = () => Employee.query.byOffice({ office: "north" });
await eventually(async () => (await inNorth().go({ pages: "all" })).data, (data) => data.length === 31);
await eventually(async () => (await Room.query.byOffice({ office: "north" }).go()).data, (data) => data.length === 1);
const looms = await Employee.query.byOffice({ office: "north", team: "looms" }).begins({ id: "e1" }).go({ order: "desc" });
assert.deepEqual(looms.data.map((employee) => employee.id), ["e19", "e17", "e15", "e13", "e11", "e1"]);
const rich = await inNorth().where(({ salary, skills }, { gt, exists }) => `${gt(salary, 28)} AND NOT ${exists(skills)}`)
  .go({ pages: "all" });
assert.deepEqual(rich.data.map((employee) => employee.id), ["e29"]);
const paged = [];
let cursor = null;
do {
  const page = await inNorth().go({ cursor, limit: 7, pages: 1 });
  paged.push(...page.data.map((employee) => employee.id));
  cursor = page.cursor;
} while (cursor !== null);
assert.equal(new Set(paged).size, 31);
assert.equal(paged.length, 31);
const { data: office } = await work.collections.office({ office: "north" }).go({ pages: "all" });
assert.equal(office.Employee.length, 31);
assert.deepEqual(office.Room, [{ number: "1", office: "north", seats: 4 }]);
const scanned = await Employee.scan.where(({ active }, { eq }) => eq(active, true)).go({ pages: "all" });
assert.deepEqual(scanned.data, [ada]);

// Updates in every way the library has, also on a condition, and moves an item in the index.
const changed = await Employee.patch({ id: "ada" })
  .set({ team: "notes", office: "south" })
  .add({ salary: 5, skills: ["poetry"] })
  .append({ history: [{ year: 1843, note: "published" }] })
  .remove(["active"])
  .data((attributes, { set }) => set(attributes.contact.phones[0], "3"))
  .go({ response: "all_new" });
assert.deepEqual(changed.data, {
  id: "ada",
  team: "notes",
  office: "south",
  salary: 105,
  skills: ["algebra", "notes", "poetry"],
  history: [{ year: 1842, note: "began" }, { year: 1843, note: "published" }],
  contact: { mail: "ada@example.org", phones: ["3", "2"] },
});
const forgot = await Employee.update({ id: "ada" }).delete({ skills: ["algebra"] }).go({ response: "updated_new" });
assert.deepEqual(forgot.data, { id: "ada", skills: ["notes", "poetry"] });
await assert.rejects(
  Employee.patch({ id: "ada" }).subtract({ salary: 1 }).where(({ salary }, { lt }) => lt(salary, 100)).go(),
  (error) => error.cause.name === "ConditionalCheckFailedException");
await assert.rejects(
  Employee.patch({ id: "none" }).set({ salary: 1 }).go(),
  (error) => error.cause.name === "ConditionalCheckFailedException");
await eventually(
  async () => (await Employee.query.byOffice({ office: "south", team: "notes" }).go()).data, (data) => data.length === 1);
await eventually(async () => (await inNorth().go({ pages: "all" })).data, (data) => data.length === 30);

// Writes together, or not at all, and reads together.
const written = await work.transaction.write(({ Employee, Room }) => [
  Employee.patch({ id: "ada" }).subtract({ salary: 5 }).commit(),
  Room.create({ number: "3", office: "south", seats: 1 }).commit(),
  Employee.remove({ id: "e0" }).commit(),
  Employee.check({ id: "e1" }).where(({ team }, { eq }) => eq(team, "looms")).commit(),
]).go();
assert.equal(written.canceled, false);
const refused = await work.transaction.write(({ Employee, Room }) => [
  Employee.patch({ id: "ada" }).subtract({ salary: 5 }).commit(),
  Room.create({ number: "3", office: "south", seats: 9 }).commit({ response: "all_old" }),
]).go();
assert.equal(refused.canceled, true);
assert.deepEqual(refused.data.map((reason) => reason.code), ["None", "ConditionalCheckFailed"]);
assert.deepEqual(refused.data[1].item, { number: "3", office: "south", seats: 1 });
const together = await work.transaction.get(({ Employee, Room }) => [
  Employee.get({ id: "ada" }).commit(), Room.get({ number: "3" }).commit(), Employee.get({ id: "e0" }).commit()]).go();
assert.deepEqual(together.data.map(({ item }) => item?.salary ?? item?.seats ?? null), [100, 1, null]);

// Deletes one and several.
assert.equal((await Employee.delete({ id: "e1" }).go({ response: "all_old" })).data.team, "looms");
assert.equal((await Employee.get({ id: "e1" }).go()).data, null);
await assert.rejects(
  Employee.remove({ id: "e1" }).go(), (error) => error.cause.name === "ConditionalCheckFailedException");
assert.deepEqual((await Employee.delete([{ id: "e2" }, { id: "e3" }]).go()).unprocessed, []);
await eventually(async () => (await inNorth().go({ pages: "all" })).data, (data) => data.length === 26);
await deleteTable(client, table);

// An index whose key is several attributes of the entity, which the library does not compose.
const places = `${table}-several`;
await client.send(new CreateTableCommand({
  TableName: places,
  KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }, { AttributeName: "sk", KeyType: "RANGE" }],
  AttributeDefinitions: [
    ...["pk", "sk", "tenant", "region", "city"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    { AttributeName: "floor", AttributeType: "N" },
  ],
  BillingMode: "PAY_PER_REQUEST",
  GlobalSecondaryIndexes: [{
    IndexName: "byPlace",
    KeySchema: [
      { AttributeName: "tenant", KeyType: "HASH" }, { AttributeName: "region", KeyType: "HASH" },
      { AttributeName: "city", KeyType: "RANGE" }, { AttributeName: "floor", KeyType: "RANGE" },
    ],
    Projection: { ProjectionType: "ALL" },
  }],
}));
await tableExists(client, places);
const Desk = new Entity({
  model: { entity: "desk", version: "1", service: "places" },
  attributes: {
    id: { type: "string", required: true },
    tenant: { type: "string" },
    region: { type: "string" },
    city: { type: "string" },
    floor: { type: "number" },
  },
  indexes: {
    byId: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
    byPlace: {
      index: "byPlace",
      type: "composite",
      pk: { composite: ["tenant", "region"] },
      sk: { composite: ["city", "floor"] },
    },
  },
}, { client, table: places });
const desks = [...Array(20).keys()].map((number) => (
  { id: `d${number}`, tenant: "acme", region: number < 15 ? "eu" : "us", city: number % 2 === 0 ? "Bern" : "Bonn", floor: number - 3 }));
assert.deepEqual((await Desk.put(desks).go()).unprocessed, []);
await Desk.put({ id: "without a floor", tenant: "acme", region: "eu", city: "Bern" }).go();
const inEurope = () => Desk.query.byPlace({ tenant: "acme", region: "eu" });
const found = await eventually(async () => (await inEurope().go({ pages: "all" })).data, (data) => data.length === 15);
assert.deepEqual(
  found.map(({ city, floor }) => [city, floor]),
  [...[-3, -1, 1, 3, 5, 7, 9, 11].map((floor) => ["Bern", floor]), ...[-2, 0, 2, 4, 6, 8, 10].map((floor) => ["Bonn", floor])]);
const low = await Desk.query.byPlace({ tenant: "acme", region: "eu", city: "Bonn" }).lt({ floor: 4 }).go({ order: "desc" });
assert.deepEqual(low.data.map(({ floor }) => floor), [2, 0, -2]);
const pages = [];
for (let next = null; ;) {
  const page = await inEurope().go({ cursor: next, limit: 4, pages: 1 });
  pages.push(...page.data.map(({ id }) => id));
  next = page.cursor;
  if (next === null) break;
}
assert.deepEqual(pages, found.map(({ id }) => id));
await deleteTable(client, places);
succeed();
