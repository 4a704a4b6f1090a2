const assert = require("node:assert/strict");
const express = require("express");
const { createAntom, AntomError, isAntomError } = require("express-antom");
const { memoryStorage } = require("express-antom/storage/memory");
const { sqliteStorage } = require("express-antom/storage/sqlite");
const { storageConformance } = require("express-antom/storage/conformance");
const { createSimulator } = require("express-antom/simulator");
const { testKeys } = require("express-antom/testing");
const { version } = require("express-antom/package.json");

assert.equal(typeof version, "string");
assert.equal(typeof sqliteStorage, "function");
assert.equal(typeof createSimulator, "function");
assert.equal(typeof storageConformance, "function");

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
