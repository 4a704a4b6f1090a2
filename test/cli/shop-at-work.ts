import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Order } from "../../lib/index.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "../support/keys.js";
import type { ShopOptions } from "../support/shop.js";
import { CARD_KEY, GOOD_CARD, startSimulatedShop, type SimulatedShop } from "../support/simulated-shop.js";
import { newWorkplace, type Workplace } from "./program.js";

export const SECRET = "a secret of the tests, long enough";

/** A shop that runs, its simulator, and a folder with its SQLite file and its configuration, in which the program is started. */
export interface ShopAtWork extends SimulatedShop, Workplace {
  readonly file: string;
  /** A payment whose hold waits to be captured. */
  authorized(order?: Partial<Order>): Promise<string>;
  /** Writes a configuration; values are JSON, and `code` is the text of further members. */
  configure(name: string, options?: Readonly<Record<string, unknown>>, code?: string): string;
}

export async function startShopAtWork(options: ShopOptions = {}): Promise<ShopAtWork> {
  const workplace = newWorkplace([SHOP_KEYS.privateKey, SECRET, CARD_KEY]);
  const file = path.join(workplace.folder, "payments.db");
  const contract = { partialCapture: true, multipleCaptures: true };
  // Time goes at its own pace, so that what takes Antom seconds is still under way when the program ends.
  const started = await startSimulatedShop(
    { storage: sqliteStorage(file), contract, buyer: () => undefined, ...options },
    { timeScale: 1 },
  );
  const configure: ShopAtWork["configure"] = (name, more = {}, code = "") => {
    const { shop, simulator } = started;
    const members = {
      clientId: CLIENT_ID,
      privateKey: SHOP_KEYS.privateKey,
      antomPublicKey: ANTOM_KEYS.publicKey,
      gateway: simulator.credentials.gateway,
      publicUrl: `${shop.origin}/payments`,
      secret: SECRET,
      cardKey: CARD_KEY,
      contract,
      ...more,
    };
    return workplace.write(
      name,
      `import { sqliteStorage } from "${pathToFileURL(path.join(__dirname, "../../lib/storage/sqlite.ts")).href}";
if (process.env.TALKATIVE) console.log("the shop's own modules talk");
export default {
  ...${JSON.stringify(members)},
  storage: sqliteStorage(${JSON.stringify(file)}),
  buyer: () => undefined,
  order: () => undefined,
  hooks: { "payment.captured": () => undefined },
  authorize: () => "manage",
  ${code}
};
`,
    );
  };
  configure("antom.config.mjs");
  return {
    ...started,
    ...workplace,
    file,
    configure,
    async authorized(order = {}) {
      const { payment } = await started.paid({ method: "card", card: GOOD_CARD }, { capture: "MANUAL", ...order });
      return payment.id;
    },
    async stop() {
      await started.stop();
      workplace.remove();
    },
  };
}
