// The server at the URL that is the first argument, and what the scripts beside this one do with it alike.
import assert from "node:assert/strict";
import {
  DeleteTableCommand, ListTablesCommand, waitUntilTableExists, waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";

export const connection = {
  endpoint: process.argv[2],
  region: "us-east-1",
  credentials: { accessKeyId: "any", secretAccessKey: "any" },
  maxAttempts: 1,
};

// Reads until the answer is enough: an index follows its table.
export async function eventually(read, enough) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const last = await read();
    if (enough(last)) {
      return last;
    }
    assert.ok(Date.now() < deadline, `still ${JSON.stringify(last)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function tableExists(client, TableName) {
  const { state } = await waitUntilTableExists({ client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { TableName });
  assert.equal(state, "SUCCESS");
}

export async function deleteTable(client, TableName) {
  await client.send(new DeleteTableCommand({ TableName }));
  const { state } = await waitUntilTableNotExists({ client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { TableName });
  assert.equal(state, "SUCCESS");
  assert.ok(!(await client.send(new ListTablesCommand({}))).TableNames.includes(TableName));
}

// The last line of a script that found nothing wrong.
export function succeed() {
  console.log("all answers were right");
}
