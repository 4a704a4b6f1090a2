import { expect } from "chai";
import { createTransport } from "../../lib/gateway/transport.js";
import { isAntomError, type AntomError, type Antom, type PaymentView } from "../../lib/index.js";
import type { Simulator, SimulatorOptions } from "../../lib/simulator.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import type { ShopOptions } from "../support/shop.js";
import { GOOD_CARD, startSimulatedShop, type SimulatedShop } from "../support/simulated-shop.js";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How long a call that the simulator is not going to answer is really waited for, in milliseconds: the one wait that no clock can shorten. */
const IMPATIENCE = 300;
const PATIENCE = 10_000;

/** Long enough for everything that waits for something to have had its turn. */
const A_DAY = [3 * SECOND, 3 * SECOND, 10 * SECOND, MINUTE, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 19 * HOUR];

/** A shop and a simulator on one clock that only the test moves. */
export interface OperationsShop extends SimulatedShop {
  readonly clock: ManualClock;
  readonly payments: Antom["payments"];
  /** A payment that is authorized for so many minor units and waits to be captured. */
  readonly authorized: (
    value?: string,
    order?: { orderId?: string; capture?: "AUTOMATIC" | "MANUAL" },
  ) => Promise<string>;
  /** The time goes on: what is due at Antom happens, its notifications come, and the due work of every kit is done. */
  readonly later: (ms: number, ...others: readonly Antom[]) => Promise<void>;
  /** A day goes by. */
  readonly aDay: (...others: readonly Antom[]) => Promise<void>;
  /** The types of a payment's events, in the order in which the shop heard of them. */
  readonly told: (id: string) => string[];
}

export async function startOperations(
  options: ShopOptions = {},
  simulated: SimulatorOptions = {},
): Promise<OperationsShop> {
  const clock = manualClock();
  const transport = createTransport();
  /** A machine that is busy must not be taken for an Antom that is silent. */
  const timeout = (): number =>
    started.simulator.faults().some(({ fault }) => fault === "timeout") ? IMPATIENCE : PATIENCE;
  const started: SimulatedShop = await startSimulatedShop(
    { worker: false, clock, transport: (request) => transport({ ...request, timeout: timeout() }), ...options },
    { clock, timeScale: 1, ...simulated },
  );
  const { shop, simulator } = started;
  const later = async (ms: number, ...others: readonly Antom[]): Promise<void> => {
    await clock.advance(ms);
    await simulator.settled();
    for (const kit of [shop.antom, ...others]) await kit.runDue();
  };
  return {
    ...started,
    async stop() {
      transport.close();
      await started.stop();
    },
    clock,
    payments: shop.antom.payments,
    async authorized(value = "10000", order = {}) {
      const answer = await started.paid(
        { method: "card", card: GOOD_CARD },
        { capture: "MANUAL", ...order, amount: { currency: "EUR", value } },
      );
      expect(answer.payment.status).to.equal("authorized");
      await later(0);
      return answer.payment.id;
    },
    later,
    async aDay(...others) {
      for (const step of A_DAY) await later(step, ...others);
    },
    told: (id) => shop.recorder.events.filter(({ payment }) => payment.id === id).map(({ type }) => type),
  };
}

/** What the kit refuses a request with. */
export async function refusalOf(request: Promise<unknown>): Promise<AntomError> {
  try {
    await request;
  } catch (error) {
    if (isAntomError(error)) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

const STATUSES: Readonly<Record<string, PaymentView["status"]>> = {
  AUTHORIZED: "authorized",
  PARTLY_CAPTURED: "captured",
  CAPTURED: "captured",
  VOIDED: "voided",
  EXPIRED: "expired",
};
const OUTCOMES: Readonly<Record<string, string>> = { SUCCESS: "succeeded", PROCESSING: "pending", FAIL: "failed" };

const total = (amounts: readonly { readonly amount: { readonly value: string }; readonly status: string }[]): string =>
  amounts
    .filter(({ status }) => status === "SUCCESS")
    .reduce((sum, { amount }) => sum + BigInt(amount.value), 0n)
    .toString();

/** What Antom did with a payment, in the kit's words: each operation as "<id> <status> <value>". */
export function donePer(simulator: Simulator, id: string): string[] {
  const { captures, refunds, increases } = simulator.ledger(id);
  return [
    ...captures.map((made) => ({ ...made, id: made.captureRequestId })),
    ...refunds.map((made) => ({ ...made, id: made.refundRequestId })),
    ...increases.map((made) => ({ ...made, id: made.updateRequestId })),
  ]
    .map(({ id, status, amount }) => `${id} ${String(OUTCOMES[status])} ${amount.value}`)
    .sort();
}

/** The payment says of itself exactly what Antom's ledger says of it, and nothing waits any more. */
export function expectAgreement(simulator: Simulator, payment: PaymentView): void {
  const { authorizations, captures, cancels, refunds } = simulator.ledger(payment.id);
  const [hold] = authorizations;
  expect(authorizations).to.have.lengthOf(1);
  expect({
    status: payment.status,
    authorized: payment.authorizedAmount,
    captured: payment.capturedAmount,
    refunded: payment.refundedAmount,
  }).to.deep.equal({
    status: STATUSES[hold?.status ?? ""],
    authorized: hold?.amount.value,
    captured: total(captures),
    refunded: total(refunds),
  });
  const known = payment.operations.map(({ id, status, amount }) => `${id} ${status} ${amount?.value ?? ""}`);
  const done = donePer(simulator, payment.id);
  expect(known).to.include.members(done);
  // What Antom never did is not said to have been done.
  const others = payment.operations.filter(
    ({ id, kind }) => kind !== "void" && !done.some((made) => made.startsWith(`${id} `)),
  );
  for (const { id, status } of others) expect([id, status]).to.deep.equal([id, "failed"]);
  const voids = payment.operations.filter(({ kind, status }) => kind === "void" && status === "succeeded");
  expect(voids).to.have.lengthOf(cancels.length);
  expect(payment.operations.filter(({ status }) => status === "pending")).to.deep.equal([]);
}
