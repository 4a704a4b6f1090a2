/** A process that does a shop's work on a SQLite file and has no port: started by test/worker-process.test.ts. */

import { createAntom } from "../../lib/index.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "./keys.js";

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const antom = createAntom({
  clientId: CLIENT_ID,
  privateKey: SHOP_KEYS.privateKey,
  antomPublicKey: ANTOM_KEYS.publicKey,
  gateway: "http://127.0.0.1:9",
  publicUrl: "https://shop.example/payments",
  secret: "a secret of the tests, long enough",
  storage: sqliteStorage(process.argv[2] ?? ""),
  order: () => undefined,
  hooks: {
    "payment.authorized": ({ payment }) => {
      say(payment.id);
    },
  },
  logger: false,
  pollInterval: 50,
});

process.once("SIGTERM", () => void antom.stop());
void antom.start().then(() => {
  say("started");
});
