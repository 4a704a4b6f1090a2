import assert from "node:assert/strict";
import { createRequire } from "node:module";
import express from "express";
import * as antomPackage from "express-antom";
import { createAntom, AntomError, isAntomError } from "express-antom";
import * as simulator from "express-antom/simulator";
import { createSimulator } from "express-antom/simulator";
import * as conformance from "express-antom/storage/conformance";
import * as memory from "express-antom/storage/memory";
import { memoryStorage } from "express-antom/storage/memory";
import * as postgres from "express-antom/storage/postgres";
import { postgresStorage } from "express-antom/storage/postgres";
import * as sqlite from "express-antom/storage/sqlite";
import { sqliteStorage } from "express-antom/storage/sqlite";
import * as testing from "express-antom/testing";
import { testKeys } from "express-antom/testing";

assert.equal(typeof sqliteStorage, "function");
assert.equal(typeof postgresStorage, "function");
assert.equal(typeof createSimulator, "function");

// Whichever way it is loaded, everything is there, and there is one copy of it.
const require = createRequire(import.meta.url);
for (const [subpath, imported] of Object.entries({
  "express-antom": antomPackage,
  "express-antom/simulator": simulator,
  "express-antom/storage/conformance": conformance,
  "express-antom/storage/memory": memory,
  "express-antom/storage/postgres": postgres,
  "express-antom/storage/sqlite": sqlite,
  "express-antom/testing": testing,
})) {
  const required = require(subpath);
  assert(Object.keys(required).length > 0, `${subpath} exports nothing`);
  assert.deepEqual(Object.keys(imported).sort(), Object.keys(required).sort(), subpath);
  for (const name of Object.keys(required)) assert.equal(imported[name], required[name], `${subpath}: ${name}`);
}

assert.throws(
  () => createAntom({}),
  (error) => {
    assert(error instanceof AntomError);
    assert(isAntomError(error));
    assert.equal(error.code, "configuration_invalid");
    return true;
  },
);

const shop = testKeys();
const gateway = testKeys();
const antom = createAntom({
  clientId: "SANDBOX_CONSUMER",
  privateKey: shop.privateKey,
  antomPublicKey: gateway.publicKey,
  gateway: "asia",
  publicUrl: "https://shop.example/payments",
  secret: "a secret of at least thirty-two characters",
  storage: memoryStorage(),
  order: () => ({ orderId: "1", description: "A book", amount: { currency: "USD", value: "100" } }),
  logger: false,
});

const server = express()
  .use("/payments", antom.router)
  .listen(0, async () => {
    const answer = await fetch(`http://127.0.0.1:${server.address().port}/payments/status/nothing?token=none`);
    assert.equal(answer.status, 403);
    assert.match(answer.headers.get("content-type"), /^application\/problem\+json/);
    assert.equal((await answer.json()).code, "link_invalid");
    await antom.stop();
    server.close();
  });
