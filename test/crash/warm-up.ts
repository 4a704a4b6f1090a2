import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { RUSH_AT } from "../../lib/ledger/rush.js";
import { createSimulator } from "../../lib/simulator.js";
import { createClient } from "./client.js";
import { Dice } from "./dice.js";
import type { Keys } from "./keys.js";
import type { Premises } from "./premises.js";
import type { Program } from "./program.js";
import { QuickClock, startOfTime } from "./quick-clock.js";
import { startReceiver } from "./receiver.js";
import { startShop } from "./shop-process.js";
import { buy } from "./stories/buyer.js";
import { operate } from "./stories/staff.js";

export interface WarmUpParts {
  readonly program: Program;
  readonly keys: Keys;
  readonly premises: Premises;
  readonly folder: string;
}

/** Has a shop work for a moment and write down what V8 has compiled of its program meanwhile, for all that are started after it. */
export async function warmUp({ program, keys, premises, folder }: WarmUpParts): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const database = await premises.database(folder);
  const clock = new QuickClock(startOfTime());
  const dice = new Dice("warm-up");
  const receiver = await startReceiver(dice);
  receiver.calm();
  const simulator = createSimulator({
    clientId: keys.clientId,
    merchantPrivateKey: keys.shop.privateKey,
    antomPrivateKey: keys.antom.privateKey,
    clock,
  });
  await simulator.listen();
  const shop = startShop(
    program,
    {
      keeping: database.keeping,
      clientId: keys.clientId,
      privateKey: keys.shop.privateKey,
      antomPublicKey: keys.antom.publicKey,
      gateway: simulator.credentials.gateway,
      publicUrl: "http://127.0.0.1:9/payments",
      hookUrl: receiver.url,
      timeline: clock.timeline,
      marks: join(folder, "marks"),
      rushAt: RUSH_AT,
    },
    join(folder, "errors.log"),
  );
  const port = await shop.ready;
  if (port === undefined) throw new Error(`the shop does not start: see ${join(folder, "errors.log")}`);
  const choose = () => ({ slot: 0, port });
  const client = createClient({ choose, dice, onAnswer: () => Promise.resolve() });
  const plan = { value: "5000", capture: "MANUAL", isDisputed: false, patience: 5 } as const;
  const acts = [[{ kind: "capture", copies: 1 }], [{ kind: "refund", copies: 1 }]] as const;
  const standing = await buy({ client, dice, plan: { ...plan, order: "warm-1", way: "by card, kept", acts } });
  if (standing !== undefined) await operate(standing.id, { ...plan, order: "warm-1", way: "by card", acts }, client);
  await buy({ client, dice, plan: { ...plan, order: "warm-2", way: "on the hosted page", acts } });
  await shop.keepCompiled();
  shop.kill();
  await shop.ended;
  await simulator.close();
  await database.close();
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
}
