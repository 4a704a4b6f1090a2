import { expect } from "chai";
import type { PaymentView } from "../../lib/index.js";
import type { FaultRequest } from "../../lib/simulator.js";
import { commanded } from "./commanded.js";
import { donePer, expectAgreement, MINUTE, startOperations, type OperationsShop } from "./operations-shop.js";

/** Ways of a call to go wrong after which nobody knows what became of it. */
const FAULTS: readonly Omit<FaultRequest, "operation">[] = [
  { fault: "reset-before" },
  { fault: "reset-after" },
  { fault: "timeout" },
  { fault: "http-500" },
  { fault: "garbage" },
  { fault: "bad-signature" },
  { fault: "unsigned" },
  { fault: "result", resultCode: "UNKNOWN_EXCEPTION" },
  { fault: "result", resultCode: "REQUEST_TRAFFIC_EXCEED_LIMIT" },
];

interface Command {
  readonly call: FaultRequest["operation"];
  readonly amount: string;
  /** What of it stands in Antom's ledger when it is done, of a payment of 10000. */
  readonly done: readonly string[];
  run(shop: OperationsShop, id: string): Promise<PaymentView>;
  /** What must be so before. */
  before?(shop: OperationsShop, id: string): Promise<unknown>;
  cancels?: number;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  capture: {
    call: "capture",
    amount: "10000",
    done: ["C1 succeeded 10000"],
    run: ({ payments }, id) => payments.capture(id),
  },
  void: { call: "cancel", amount: "10000", done: [], cancels: 1, run: ({ payments }, id) => payments.void(id) },
  refund: {
    call: "refund",
    amount: "10000",
    done: ["C1 succeeded 10000", "R1 succeeded 4000"],
    before: ({ payments }, id) => payments.capture(id),
    run: ({ payments }, id) => payments.refund(id, { amount: "4000" }),
  },
  "refund that is asked about": {
    call: "inquiryRefund",
    amount: "29024",
    done: ["C1 succeeded 29024", "R1 succeeded 9024"],
    before: ({ payments }, id) => payments.capture(id),
    run: ({ payments }, id) => payments.refund(id, { amount: "9024" }),
  },
  increase: {
    call: "updateAmount",
    amount: "10000",
    done: ["U1 succeeded 12500"],
    run: ({ payments }, id) => payments.increase(id, { amount: "12500" }),
  },
  "capture that is in process": {
    call: "inquiryPayment",
    amount: "29006",
    done: ["C1 succeeded 29006"],
    run: ({ payments }, id) => payments.capture(id),
  },
};

describe("a command whose call goes wrong", function () {
  this.timeout(20_000);
  let shop: OperationsShop;
  beforeEach(async () => {
    shop = await startOperations();
  });
  afterEach(() => shop.stop());

  /** It has had exactly one effect, the payment agrees with Antom's ledger, and nothing waits. */
  const expectDone = async (id: string, { done, cancels = 0 }: Command): Promise<void> => {
    const { simulator, payments } = shop;
    expect(donePer(simulator, id)).to.deep.equal(done.map((entry) => id + entry));
    expect(simulator.ledger(id).cancels).to.have.lengthOf(cancels);
    const payment = await payments.get(id);
    expectAgreement(simulator, payment);
    expect(payment.conflicts).to.deep.equal([]);
    const told = shop.told(id);
    expect(new Set(told).size, told.join()).to.equal(told.length);
  };

  for (const [name, command] of Object.entries(COMMANDS)) {
    for (const fault of FAULTS) {
      const what = fault.resultCode ?? fault.fault;
      it(`(${name}, ${what}) is done once in the end, its notifications lost`, async () => {
        const { simulator, authorized, aDay } = shop;
        const id = await authorized(command.amount);
        await command.before?.(shop, id);
        simulator.addFault({ operation: "notify", fault: "drop", times: 1000 });
        simulator.addFault({ ...fault, operation: command.call, times: 2 });
        const payment = await command.run(shop, id);
        expect(payment.operations.at(-1)).to.include({ status: "pending" });
        await aDay();
        // An inquiry may have told of it before it was sent a third time.
        expect(simulator.faults()).not.to.deep.include({ ...fault, operation: command.call, times: 2, delayMs: 3_000 });
        await expectDone(id, command);
      });
    }
  }

  for (const [name, command] of Object.entries(COMMANDS)) {
    it(`(${name}) is done once though Antom cannot be reached at all for an hour, while all press it again and again`, async () => {
      const { simulator, authorized, aDay, later } = shop;
      const id = await authorized(command.amount);
      await command.before?.(shop, id);
      const operations = ["capture", "cancel", "refund", "inquiryRefund", "updateAmount", "inquiryPayment"] as const;
      for (const operation of operations) simulator.addFault({ operation, fault: "reset-before", times: 1000 });
      simulator.addFault({ operation: "notify", fault: "drop", times: 1000 });
      for (let minutes = 0; minutes < 60; minutes += 10) {
        const key = name === "refund" || name === "refund that is asked about";
        if (!key || minutes === 0) await Promise.all([command.run(shop, id), ...(key ? [] : [command.run(shop, id)])]);
        await later(10 * MINUTE);
      }
      expect((await shop.payments.get(id)).operations.at(-1)).to.include({ status: "pending" });
      simulator.clearFaults();
      simulator.addFault({ operation: "notify", fault: "drop", times: 1000 });
      await aDay();
      await expectDone(id, command);
    });
  }

  it("sends what it does not know the outcome of again with the same id, and with no other", async () => {
    const { simulator, authorized, aDay } = shop;
    for (const [name, command] of Object.entries(COMMANDS)) {
      const id = await authorized(command.amount);
      await command.before?.(shop, id);
      simulator.addFault({ operation: command.call, fault: "http-500", times: 3 });
      await command.run(shop, id);
      await aDay();
      simulator.clearFaults();
      const ids = simulator
        .requests()
        .map(({ body }) => JSON.stringify(body))
        .flatMap((body) => /"(?:capture|refund|update)RequestId":"([A-Z0-9]+)"/.exec(body)?.[1] ?? [])
        .filter((sent) => sent.startsWith(id));
      expect([...new Set(ids)].sort(), name).to.deep.equal(
        command.done.map((entry) => id + String(entry.split(" ")[0])).sort(),
      );
    }
  });

  const AMOUNTS = [
    { held: "19001", name: "capture", ends: "succeeded" },
    { held: "19002", name: "capture", ends: "failed" },
    { held: "19005", name: "capture", ends: "succeeded" },
    { held: "19006", name: "capture", ends: "succeeded" },
    { held: "19062", name: "void", ends: "succeeded" },
    { held: "30000", name: "refund", value: "19021", ends: "failed" },
    { held: "30000", name: "refund", value: "19024", ends: "succeeded" },
    { held: "30000", name: "refund", value: "19025", ends: "succeeded" },
    { held: "30000", name: "refund", value: "19026", ends: "succeeded" },
    { held: "30000", name: "refund", value: "11", ends: "failed" },
    { held: "10000", name: "increase", value: "19041", ends: "failed" },
    { held: "10000", name: "increase", value: "19042", ends: "succeeded" },
    { held: "10000", name: "increase", value: "19043", ends: "succeeded" },
  ] as const;

  for (const { held, name, ends, ...more } of AMOUNTS) {
    for (const isNotified of [true, false]) {
      const value = "value" in more ? more.value : held;
      it(`(${name} of ${value}, ${isNotified ? "notified" : "not notified"}) ends as Antom's ledger says: ${ends}`, async () => {
        const { payments, simulator, authorized, aDay } = shop;
        const id = await authorized(held);
        if (name === "refund") await payments.capture(id);
        if (!isNotified) simulator.addFault({ operation: "notify", fault: "drop", times: 1000 });
        await commanded(payments, name, id, name === "void" ? {} : { amount: value });
        await aDay();
        const payment = await payments.get(id);
        expect(payment.operations.at(-1)).to.include({ kind: name, status: ends });
        expectAgreement(simulator, payment);
        expect(payment.conflicts).to.deep.equal([]);
      });
    }
  }
});
