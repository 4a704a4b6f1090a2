/** A shop's process on PostgreSQL that delivers what is due, and is killed in the midst of its hook. */
import { Pool, type PoolClient } from "pg";
import { createAntom } from "../../lib/index.js";
import { postgresStorage } from "../../lib/storage/postgres.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "../support/keys.js";

const { DATABASE, KILLED } = process.env;

const die = (moment: string): void => {
  if (moment === KILLED) process.kill(process.pid, "SIGKILL");
};

const pool = new Pool({ connectionString: DATABASE });
const antom = createAntom({
  clientId: CLIENT_ID,
  privateKey: SHOP_KEYS.privateKey,
  antomPublicKey: ANTOM_KEYS.publicKey,
  gateway: "http://127.0.0.1:9",
  publicUrl: "http://127.0.0.1:9/payments",
  secret: "a secret of the tests, long enough",
  storage: postgresStorage(pool),
  order: () => undefined,
  worker: false,
  logger: false,
  hooks: {
    "payment.requires_action": async (event, { transaction }) => {
      die("before the transaction");
      await transaction(async (client: PoolClient) => {
        await client.query("INSERT INTO parcels (order_id) VALUES ($1)", [event.payment.orderId]);
        die("within the transaction");
      });
      die("after the transaction");
    },
  },
});

void antom.runDue();
