import { expect } from "chai";
import { pino } from "pino";
import { HOOK_DELAYS } from "../../lib/ledger/deliver.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { manualClock } from "../../lib/testing.js";
import type { Hooks, PaymentEvent } from "../../lib/index.js";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import {
  anOrder,
  answerOf,
  captureResult,
  paymentResult,
  startShop,
  type ShopOptions,
  type TestShop,
} from "../support/shop.js";

describe("hooks", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop | undefined;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
  });
  afterEach(async () => {
    await shop?.stop();
    await gateway.stop();
  });

  const open = async (hooks: Hooks, more: ShopOptions = {}): Promise<TestShop> => {
    shop = await startShop({ gateway: gateway.url, worker: false, hooks, ...more });
    shop.orders.set("order-1", anOrder("order-1"));
    shop.orders.set("order-2", anOrder("order-2"));
    return shop;
  };
  const authorize = async (at: TestShop, orderId = "order-1"): Promise<string> => {
    const { payment } = await answerOf(await at.checkout(orderId));
    await at.notify(paymentResult(payment));
    return payment.id;
  };

  it("are given the payment explained, and the journal and the storage keep none of that", async () => {
    const storage = memoryStorage();
    const seen: PaymentEvent[] = [];
    const at = await open({ "payment.failed": (event) => seen.push(event) }, { storage });
    const { payment } = await answerOf(await at.checkout("order-1"));
    const result = { resultCode: "DO_NOT_HONOR", resultStatus: "F", resultMessage: "declined" };
    const paymentResultInfo = { avsResultRaw: "N", refusalCodeRaw: "51", merchantAdviceCode: "24" };
    await at.notify(paymentResult(payment, { result, paymentResultInfo }));
    await at.antom.runDue();
    expect(seen[0]?.payment).to.have.nested.property("checks.avs.street", "mismatch");
    expect(seen[0]?.payment.decline).to.include({
      code: "DO_NOT_HONOR",
      reason: "funds",
      rawMeaning: "Not sufficient funds.",
      retryAfter: 3_600_000,
    });
    const kept = JSON.stringify([await storage.get(payment.id), await storage.journal(payment.id)]);
    expect(kept)
      .to.contain("refusalCodeRaw")
      .and.to.not.match(/"checks"|"decline"|sufficient/);
  });

  it("are called once, in order, with stable ids and the payment as it then was", async () => {
    const seen: PaymentEvent[] = [];
    const at = await open({
      "payment.requires_action": (event) => seen.push(event),
      "payment.authorized": (event) => seen.push(event),
      "payment.captured": (event) => seen.push(event),
    });
    const { payment } = await answerOf(await at.checkout("order-1"));
    await at.notify(paymentResult(payment));
    await at.notify(captureResult(payment));
    await at.antom.runDue();
    expect(seen.map(({ type, sequence, id, payment: { status } }) => [type, sequence, id, status])).to.deep.equal([
      ["payment.requires_action", 1, `${payment.id}.1`, "requires_action"],
      ["payment.authorized", 2, `${payment.id}.2`, "authorized"],
      ["payment.captured", 3, `${payment.id}.3`, "captured"],
    ]);
    await at.antom.runDue();
    expect(seen).to.have.length(3);
  });

  it("get nothing of what the kit keeps for itself", async () => {
    let seen: object = {};
    const at = await open({ "payment.requires_action": (event) => (seen = event.payment) });
    await at.checkout("order-1");
    await at.antom.runDue();
    expect(seen).not.to.have.any.keys("request", "evidence", "eventCount", "action");
  });

  it("that fail are called again by the table, with the same event, and then the event is dead", async () => {
    const clock = manualClock();
    const storage = memoryStorage();
    const attempts: [string, number][] = [];
    const at = await open(
      {
        "payment.requires_action": (event, { attempt }) => {
          attempts.push([event.id, attempt]);
          throw new Error("the shop's database is away");
        },
      },
      { clock, storage },
    );
    const { payment } = await answerOf(await at.checkout("order-1"));
    for (const delay of HOOK_DELAYS) {
      await at.antom.runDue();
      const calls = attempts.length;
      await clock.advance(delay - 1);
      await at.antom.runDue();
      expect(attempts).to.have.length(calls);
      await clock.advance(1);
    }
    await at.antom.runDue();
    expect(attempts).to.deep.equal(
      HOOK_DELAYS.concat(0 as never).map((_delay, index) => [`${payment.id}.1`, index + 1]),
    );
    const { items } = await storage.tasks({ kind: "deliver", state: "dead", limit: 10 });
    expect(items).to.have.length(1);
    expect(items[0]?.lastError).to.contain("the shop's database is away");
  });

  it("that fail hold up the payment's later events, and no other payment's", async () => {
    const clock = manualClock();
    let fails = true;
    const seen: string[] = [];
    const at = await open(
      {
        "payment.authorized": (event) => {
          if (fails && event.payment.orderId === "order-1") throw new Error("no");
          seen.push(`${event.payment.orderId} ${event.type}`);
        },
        "payment.captured": (event) => seen.push(`${event.payment.orderId} ${event.type}`),
      },
      { clock },
    );
    for (const orderId of ["order-1", "order-2"]) {
      const id = await authorize(at, orderId);
      await at.notify(captureResult({ id, amount: { currency: "EUR", value: "1999" } }));
    }
    await at.antom.runDue();
    expect(seen).to.deep.equal(["order-2 payment.authorized", "order-2 payment.captured"]);
    fails = false;
    await clock.advance(HOOK_DELAYS[0]);
    await at.antom.runDue();
    expect(seen.slice(2)).to.deep.equal(["order-1 payment.authorized", "order-1 payment.captured"]);
  });

  it("that never return are given up after their time, are told so, and come again", async () => {
    const clock = manualClock();
    let calls = 0;
    let aborted = false;
    const at = await open(
      {
        "payment.requires_action": (_event, { signal }) => {
          calls++;
          signal.addEventListener("abort", () => (aborted = true));
          return calls === 1 ? new Promise(() => undefined) : undefined;
        },
      },
      { clock, hookTimeout: 2_000 },
    );
    await at.checkout("order-1");
    const due = at.antom.runDue();
    while (calls === 0) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(2_000);
    await due;
    expect(aborted).to.equal(true);
    await clock.advance(HOOK_DELAYS[0]);
    await at.antom.runDue();
    expect(calls).to.equal(2);
  });

  it("that hang by the hundred delay no other payment's events", async () => {
    const seen: string[] = [];
    const at = await open(
      {
        "payment.requires_action": (event) => {
          if (event.payment.orderId.startsWith("hanging")) return new Promise(() => undefined);
          seen.push(event.payment.orderId);
          return undefined;
        },
      },
      { worker: true, pollInterval: 20 },
    );
    for (let index = 0; index < 200; index++) {
      at.orders.set(`hanging-${index}`, anOrder(`hanging-${index}`));
      await at.checkout(`hanging-${index}`);
    }
    await at.checkout("order-1");
    const start = Date.now();
    while (seen.length === 0 && Date.now() - start < 3_000) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(seen).to.deep.equal(["order-1"]);
  }).timeout(20_000);

  it("that reject with something that is no Error are handled alike", async () => {
    const clock = manualClock();
    let calls = 0;
    const at = await open(
      {
        "payment.requires_action": () => {
          calls++;
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- shops do that
          return calls === 1 ? Promise.reject("no") : undefined;
        },
      },
      { clock },
    );
    await at.checkout("order-1");
    await at.antom.runDue();
    await clock.advance(HOOK_DELAYS[0]);
    await at.antom.runDue();
    expect(calls).to.equal(2);
  });

  const unreadable: Readonly<Record<string, () => unknown>> = {
    "an object without a prototype": () => Object.create(null) as object,
    "an error with a getter that throws": () => {
      const get = (): never => {
        throw new Error("read already");
      };
      return Object.defineProperty(new Error("x"), "response", { enumerable: true, get });
    },
    "an error whose message is no text": () =>
      Object.assign(new Error("x"), { message: Object.create(null) as object }),
    "a proxy that lets nobody read it": () => {
      const get = (): never => {
        throw new Error("no");
      };
      return new Proxy(new Error("x"), { get, getPrototypeOf: get });
    },
  };
  for (const [what, thrown] of Object.entries(unreadable)) {
    it(`that throw ${what} are called again by the table, and the log tells of it`, async () => {
      const clock = manualClock();
      const lines: { event?: string; retryIn?: number; err?: unknown }[] = [];
      const logger = pino({ level: "warn" }, { write: (line: string) => lines.push(JSON.parse(line) as object) });
      let calls = 0;
      const hook = (): never => {
        calls++;
        throw thrown();
      };
      const at = await open({ "payment.requires_action": hook }, { clock, logger });
      await at.checkout("order-1");
      for (const [nth, delay] of HOOK_DELAYS.slice(0, 3).entries()) {
        await at.antom.runDue();
        await clock.advance(delay - 1);
        await at.antom.runDue();
        expect(calls).to.equal(nth + 1);
        await clock.advance(1);
      }
      expect(lines.map(({ event, retryIn }) => [event, retryIn])).to.deep.equal(
        HOOK_DELAYS.slice(0, 3).map((delay) => ["hook.failed", delay]),
      );
      expect(lines[0]).to.have.property("err");
    });
  }

  it("are called again by the table though the shop's logger throws", async () => {
    const clock = manualClock();
    const broken = (): never => {
      throw new Error("the log's disk is full");
    };
    let calls = 0;
    const hook = (): never => {
      calls++;
      throw new Error("no");
    };
    const logger = { debug: broken, info: broken, warn: broken, error: broken };
    const at = await open({ "payment.requires_action": hook }, { clock, logger });
    expect((await at.checkout("order-1")).status).to.equal(200);
    await at.antom.runDue();
    await clock.advance(HOOK_DELAYS[0]);
    await at.antom.runDue();
    await clock.advance(HOOK_DELAYS[1] - 1);
    await at.antom.runDue();
    expect(calls).to.equal(2);
  });

  it("that change their event change nothing stored, nor what is delivered next time", async () => {
    const clock = manualClock();
    const seen: string[] = [];
    const at = await open(
      {
        "payment.requires_action": (event) => {
          seen.push(event.payment.status);
          (event.payment as { status: string }).status = "captured";
          if (seen.length === 1) throw new Error("once more");
        },
      },
      { clock },
    );
    const { payment } = await answerOf(await at.checkout("order-1"));
    await at.antom.runDue();
    await clock.advance(HOOK_DELAYS[0]);
    await at.antom.runDue();
    expect(seen).to.deep.equal(["requires_action", "requires_action"]);
    expect((await at.antom.payments.get(payment.id)).status).to.equal("requires_action");
  });

  it("may use the kit themselves", async () => {
    let status = "";
    const at: TestShop = await open({
      "payment.authorized": async (event) => {
        status = (await at.antom.payments.inquire(event.payment.id)).status;
      },
    });
    await authorize(at);
    await at.antom.runDue();
    expect(status).to.equal("authorized");
  });
});
