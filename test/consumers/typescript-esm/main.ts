import assert from "node:assert/strict";
import express from "express";
import {
  createAntom,
  AntomError,
  type AntomErrorCode,
  type AntomOptions,
  type BuyerDecline,
  type DisputeFact,
  type Evidence,
  type Fact,
  type JournalEntry,
  type Observation,
  type ObservationSource,
  type Payment,
  type PaymentEvent,
  type Storage,
  type WaysOn,
} from "express-antom";
import { createSimulator } from "express-antom/simulator";
import { storageConformance, type TestRunner } from "express-antom/storage/conformance";
import { memoryStorage } from "express-antom/storage/memory";
import { postgresStorage, type PostgresPool } from "express-antom/storage/postgres";
import { sqliteStorage } from "express-antom/storage/sqlite";
import { testKeys } from "express-antom/testing";

const storage: Storage = memoryStorage();
const open: (path: string) => Storage = sqliteStorage;
const onPool: (pool: PostgresPool) => Storage = postgresStorage;
assert.equal(typeof onPool, "function");
const conformance: (runner: TestRunner, options: Parameters<typeof storageConformance>[1]) => void = storageConformance;
assert.equal(typeof conformance, "function");
assert.equal(typeof open, "function");
assert.equal(typeof createSimulator, "function");

const shop = testKeys();
const gateway = testKeys();
const options: AntomOptions = {
  clientId: "SANDBOX_CONSUMER",
  privateKey: shop.privateKey,
  antomPublicKey: { 1: gateway.publicKey },
  gateway: "europe",
  publicUrl: "https://shop.example/payments",
  secret: ["a secret of at least thirty-two characters", "and the one before, also thirty-two or more"],
  storage,
  order: (req) => ({
    orderId: req.get("x-order") ?? "1",
    description: "A book",
    amount: { currency: "USD", value: "100" },
  }),
  hooks: {
    "payment.authorized": (event) => {
      const id: string = event.payment.id;
      assert.notEqual(id, "");
    },
  },
  logger: false,
};

// @ts-expect-error There is no such event.
const misspelt: AntomOptions["hooks"] = { "payment.authorised": () => undefined };
assert.notEqual(misspelt, undefined);

// What the public types lead to has a name.
const observed = ({ observation }: JournalEntry): Observation => observation;
const factsFrom = (entries: readonly JournalEntry[], source: ObservationSource): Fact[] =>
  entries.map(observed).flatMap((observation) => (observation.source === source ? observation.facts : []));
const marks = ({ evidence }: Payment): Evidence => evidence;
const disputed = ({ dispute }: PaymentEvent<"dispute.opened" | "dispute.updated">): DisputeFact => dispute;
const waysOn = ({ sameCard, otherCard, later }: BuyerDecline): WaysOn => ({ sameCard, otherCard, later });
for (const name of [factsFrom, marks, disputed, waysOn]) assert.equal(typeof name, "function");

const antom = createAntom(options);

// Under exactOptionalPropertyTypes: what the shop does not have is undefined, and left out.
const absent: undefined = process.env["NOT_SET"] as undefined;
const more: AntomOptions = {
  ...options,
  hooks: absent,
  shopUrl: absent,
  cardKey: absent,
  buyer: absent,
  urls: { notify: absent },
  routes: { script: absent },
  contract: { partialCapture: absent },
  worker: false,
  pollInterval: absent,
};
const [first] = (await createAntom(more).payments.list({ status: absent, orderId: absent, after: absent })).items;
assert.equal(first, undefined);
assert.equal(typeof sqliteStorage("never-opened.db", { driver: absent, busyTimeout: absent }), "object");
await createSimulator({ dataFolder: absent, notifyUrl: absent }).close();
const money = (id: string): Promise<unknown>[] => [
  antom.payments.capture(id, { amount: absent, by: absent, idempotencyKey: absent }),
  antom.payments.void(id, { reason: absent }),
  antom.prune({ unpaid: 90, paid: absent, signal: absent }),
  // @ts-expect-error An increase has to say its new total.
  antom.payments.increase(id, { amount: absent }),
];
assert.equal(typeof money, "function");
express().use("/payments", antom.router).use("/notify", antom.notify);
await antom.stop();

try {
  createAntom({ ...options, publicUrl: "shop.example" });
  assert.fail("a bad public URL was taken");
} catch (error) {
  assert(error instanceof AntomError);
  const code: AntomErrorCode = error.code;
  assert.equal(code, "configuration_invalid");
}
