import { createSimulator, type Simulator, type SimulatorOptions } from "../../../lib/simulator.js";
import { KEYS } from "./keys.js";
import { ManualClock } from "./manual-clock.js";
import { call, payBody, type Answer } from "./merchant.js";
import { card, pageOf, submit } from "./pages.js";
import { Shop } from "./shop.js";

/** A simulator and a shop, speaking over real HTTP, on a clock that the test moves. */
export interface Scene {
  readonly simulator: Simulator;
  readonly shop: Shop;
  readonly clock: ManualClock;
  /** Calls pay for a hosted payment; the fields replace the sample's. */
  pay(fields?: Record<string, unknown>): Promise<Answer>;
  call(operation: string, body: object): Promise<Answer>;
  /** Opens a payment and pays it with the good card; resolves to its id. */
  authorize(fields?: Record<string, unknown>): Promise<string>;
  /** Opens, pays and captures a payment. */
  captured(fields?: Record<string, unknown>): Promise<string>;
  /** Lets time pass and waits until what was due then is sent. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

export const MANUAL = { isAuthorization: true, captureMode: "MANUAL" };

export async function openScene(options: SimulatorOptions = {}): Promise<Scene> {
  const clock = new ManualClock();
  const simulator = createSimulator({ ...KEYS, clock, ...options });
  await simulator.listen();
  const shop = await new Shop().open();
  const pay = (fields: Record<string, unknown> = {}) =>
    call(
      simulator,
      "pay",
      payBody({ paymentNotifyUrl: shop.notifyUrl, paymentRedirectUrl: shop.returnUrl, ...fields }),
    );
  const pass = async (ms: number) => {
    clock.advance(ms);
    await simulator.settled();
  };
  const authorize = async (fields: Record<string, unknown> = {}) => {
    const answer = await pay(fields);
    await submit(pageOf(answer), card());
    await pass(0);
    return String(answer.body["paymentId"]);
  };
  return {
    simulator,
    shop,
    clock,
    pay,
    authorize,
    captured: async (fields = {}) => {
      const paymentId = await authorize({ paymentFactor: { isAuthorization: true }, ...fields });
      await pass(2_000);
      return paymentId;
    },
    call: (operation, body) => call(simulator, operation, body),
    pass,
    close: async () => {
      await simulator.close();
      await shop.close();
    },
  };
}
