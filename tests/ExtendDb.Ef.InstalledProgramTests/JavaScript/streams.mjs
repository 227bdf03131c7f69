// Reads a stream of the server at the URL that is its first argument. Ends with 1 at the first wrong answer.
import assert from "node:assert/strict";
import { CreateTableCommand, DynamoDBClient, UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand, DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand, ListStreamsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb-streams";
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { connection, deleteTable, eventually, succeed, tableExists } from "./server.mjs";

const client = new DynamoDBClient(connection);
const documents = DynamoDBDocumentClient.from(client);
const streams = new DynamoDBStreamsClient(connection);
const TableName = `javascript-stream-${Date.now()}`;

// A table with a stream.
const { TableDescription: created } = await client.send(new CreateTableCommand({
  TableName,
  KeySchema: [{ AttributeName: "Id", KeyType: "HASH" }],
  AttributeDefinitions: [{ AttributeName: "Id", AttributeType: "S" }],
  BillingMode: "PAY_PER_REQUEST",
  StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
}));
await tableExists(client, TableName);
const StreamArn = created.LatestStreamArn;
const { Streams } = await streams.send(new ListStreamsCommand({ TableName }));
assert.deepEqual(Streams, [{ StreamArn, TableName, StreamLabel: created.LatestStreamLabel }]);

async function describe() {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  return StreamDescription;
}

// Returns the records of all shards up to the first empty page of each, and the iterators behind them.
async function read(ShardIteratorType) {
  const records = [];
  const behind = [];
  for (const { ShardId } of (await describe()).Shards) {
    let { ShardIterator } = await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType }));
    for (let some = 1; some > 0 && ShardIterator !== undefined;) {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator, Limit: 2 }));
      records.push(...page.Records);
      some = page.Records.length;
      ShardIterator = page.NextShardIterator;
    }
    behind.push(ShardIterator);
  }
  return { records, behind };
}

// Three changes of an item, and those of others.
await documents.send(new PutCommand({ TableName, Item: { Id: "a", N: 1, Tags: new Set(["x"]) } }));
await documents.send(new PutCommand({ TableName, Item: { Id: "a", N: 2 } }));
await documents.send(new DeleteCommand({ TableName, Key: { Id: "a" } }));
for (let N = 0; N < 20; N += 1) {
  await documents.send(new PutCommand({ TableName, Item: { Id: `other ${N}`, N } }));
}
const { records, behind } = await read("TRIM_HORIZON");
assert.equal(records.length, 23);
const ofA = records.filter((record) => record.dynamodb.Keys.Id.S === "a");
assert.deepEqual(ofA.map((record) => record.eventName), ["INSERT", "MODIFY", "REMOVE"]);
assert.deepEqual(unmarshall(ofA[1].dynamodb.OldImage), { Id: "a", N: 1, Tags: new Set(["x"]) });
assert.deepEqual(unmarshall(ofA[1].dynamodb.NewImage), { Id: "a", N: 2 });
assert.ok(ofA[1].dynamodb.ApproximateCreationDateTime instanceof Date);
assert.equal(ofA[1].userIdentity, undefined);

// The iterators go on, and those of the latest record read nothing old.
await documents.send(new PutCommand({ TableName, Item: { Id: "late", N: 1 } }));
const late = [];
for (const ShardIterator of behind) {
  late.push(...(await streams.send(new GetRecordsCommand({ ShardIterator }))).Records);
}
assert.deepEqual(late.map((record) => record.dynamodb.Keys.Id.S), ["late"]);
assert.equal((await read("LATEST")).records.length, 0);
await assert.rejects(streams.send(new DescribeStreamCommand({ StreamArn: `${StreamArn}9` })), ResourceNotFoundException);

// The stream ends.
await client.send(new UpdateTableCommand({ TableName, StreamSpecification: { StreamEnabled: false } }));
await eventually(async () => (await describe()).StreamStatus, (status) => status === "DISABLED");
const all = await read("TRIM_HORIZON");
assert.equal(all.records.length, 24);
assert.ok(all.behind.every((iterator) => iterator === undefined));
await deleteTable(client, TableName);
succeed();
