import { expect } from "chai";
import { memoryStorage } from "../../lib/storage/memory.js";
import { eventRecorder } from "../../lib/testing.js";
import { openHouse } from "../flows/operations-house.js";
import { createLife, type Death } from "../flows/operations-mortal.js";
import {
  DAY,
  donePer,
  expectAgreement,
  HOUR,
  MINUTE,
  refusalOf,
  SECOND,
  startOperations,
  type OperationsShop,
} from "../flows/operations-shop.js";

describe("a hold that nobody has captured when it is about to end", function () {
  this.timeout(20_000);
  let shop: OperationsShop | undefined;
  const start = async (...options: Parameters<typeof startOperations>): Promise<OperationsShop> => {
    shop = await startOperations(...options);
    return shop;
  };
  afterEach(() => shop?.stop());

  const calls = ({ simulator }: OperationsShop, operation: string): number =>
    simulator.requests().filter((request) => request.operation === operation).length;

  it("is warned of a day before, and told of when it has ended, each once", async () => {
    const started = await start();
    const { authorized, later, told, payments, simulator } = started;
    const id = await authorized();
    await later(6 * DAY - 1);
    expect(told(id)).to.deep.equal(["payment.authorized"]);
    await later(1);
    expect(told(id)).to.deep.equal(["payment.authorized", "payment.expiring"]);
    await later(DAY - 1);
    expect((await payments.get(id)).status).to.equal("authorized");
    await later(1);
    for (let day = 0; day < 3; day++) await later(DAY);
    expect(told(id)).to.deep.equal(["payment.authorized", "payment.expiring", "payment.expired"]);
    expectAgreement(simulator, await payments.get(id));
    expect(calls(started, "capture") + calls(started, "cancel")).to.equal(0);
  });

  it("is not called over while a capture is under way: what becomes of that is not known", async () => {
    const { authorized, later, told, payments, simulator } = await start();
    const id = await authorized("29001");
    await later(6 * DAY);
    await later(DAY - 2 * SECOND);
    await payments.capture(id);
    await later(2 * SECOND);
    await later(0);
    expect((await payments.get(id)).status).to.equal("authorized");
    await later(4 * SECOND);
    await later(MINUTE);
    expect(told(id)).to.deep.equal(["payment.authorized", "payment.expiring", "payment.captured"]);
    expectAgreement(simulator, await payments.get(id));
  });

  it("is called over in the end though Antom never decides about a capture", async () => {
    const started = await start();
    const { authorized, later, told, payments, simulator } = started;
    const id = await authorized();
    simulator.addFault({ operation: "capture", fault: "reset-before", times: 1000 });
    await later(6 * DAY);
    await payments.capture(id);
    await later(DAY);
    for (let hour = 0; hour < 71; hour++) await later(HOUR);
    expect((await payments.get(id)).status).to.equal("authorized");
    for (let hour = 0; hour < 3; hour++) await later(HOUR);
    expect(told(id)).to.deep.equal(["payment.authorized", "payment.expiring", "payment.expired"]);
  });

  it("is called over once the capture that was under way at its end has failed", async () => {
    const { authorized, later, told, payments } = await start();
    const id = await authorized("29002");
    await later(6 * DAY);
    await later(DAY - 2 * SECOND);
    await payments.capture(id);
    await later(2 * SECOND);
    await later(4 * SECOND);
    await later(MINUTE);
    await later(HOUR);
    expect((await payments.get(id)).status).to.equal("expired");
    expect(told(id)).to.deep.equal([
      "payment.authorized",
      "payment.expiring",
      "payment.capture_failed",
      "payment.expired",
    ]);
  });

  for (const beforeHoldEnds of ["capture", "void"] as const) {
    const [call, status, type] =
      beforeHoldEnds === "capture"
        ? (["capture", "captured", "payment.captured"] as const)
        : (["cancel", "voided", "payment.voided"] as const);

    it(`is ${status} an hour before by itself where the shop wants that, once`, async () => {
      const started = await start({ beforeHoldEnds });
      const { authorized, later, told, payments, simulator } = started;
      const id = await authorized();
      await later(7 * DAY - HOUR - 1);
      await later(0);
      expect((await payments.get(id)).status).to.equal("authorized");
      await later(1);
      const payment = await payments.get(id);
      expect(payment.status).to.equal(status);
      expect(payment.operations).to.have.lengthOf(1);
      expect(payment.operations[0]).to.include({ kind: beforeHoldEnds, by: "option beforeHoldEnds" });
      for (let hour = 0; hour < 30; hour++) await later(HOUR);
      expect(calls(started, call)).to.equal(1);
      expect(told(id)).to.deep.equal(["payment.authorized", "payment.expiring", type]);
      expectAgreement(simulator, await payments.get(id));
    });

    it(`is ${status} though the shop was down when it should have been`, async () => {
      const started = await start({ beforeHoldEnds });
      const { authorized, later, payments, told } = started;
      const id = await authorized();
      await started.clock.advance(7 * DAY - 30 * MINUTE);
      await later(0);
      expect((await payments.get(id)).status).to.equal(status);
      expect(told(id)).to.deep.equal(["payment.authorized", "payment.expiring", type]);
    });

    it(`is let be (${beforeHoldEnds}) when the shop comes back after its end, and called over`, async () => {
      const started = await start({ beforeHoldEnds });
      const { authorized, later, payments, simulator } = started;
      const id = await authorized();
      await started.clock.advance(7 * DAY + MINUTE);
      await later(0);
      await later(DAY);
      const payment = await payments.get(id);
      expect(payment.status).to.equal("expired");
      expect(payment.operations).to.deep.equal([]);
      expectAgreement(simulator, payment);
      expect(calls(started, call)).to.equal(0);
    });

    it(`is ${status} within the hour though Antom could not be reached at first`, async () => {
      const started = await start({ beforeHoldEnds });
      const { authorized, later, payments, simulator } = started;
      const id = await authorized();
      simulator.addFault({ operation: call, fault: "reset-before", times: 4 });
      await later(7 * DAY - HOUR);
      await later(0);
      expect((await payments.get(id)).status).to.equal("authorized");
      for (let minute = 0; minute < 50; minute++) await later(MINUTE);
      expect((await payments.get(id)).status).to.equal(status);
      expectAgreement(simulator, await payments.get(id));
    });

    it(`is let be (${beforeHoldEnds}) where it was captured or voided before`, async () => {
      const started = await start({ beforeHoldEnds });
      const { authorized, later, payments, simulator } = started;
      const captured = await authorized();
      const voided = await authorized();
      await payments.capture(captured);
      await payments.void(voided);
      for (let day = 0; day < 9; day++) await later(DAY);
      expect((await payments.get(captured)).operations).to.have.lengthOf(1);
      expect((await payments.get(voided)).operations).to.have.lengthOf(1);
      expectAgreement(simulator, await payments.get(captured));
      expectAgreement(simulator, await payments.get(voided));
    });

    it(`asks for it anew (${call}) before a new end, where Antom refused it before the old one`, async () => {
      const started = await start({ beforeHoldEnds });
      const { authorized, later, payments, simulator, shop: told } = started;
      const id = await authorized();
      await later(7 * DAY - HOUR - MINUTE);
      await later(0);
      simulator.addFault({ operation: call, fault: "result", resultCode: "ORDER_STATUS_INVALID" });
      await later(MINUTE);
      await later(0);
      const { operations, paymentId, authorizationExpiresAt: end = 0 } = await payments.get(id);
      expect(operations.map((operation) => [operation.kind, operation.status])).to.deep.equal([
        [beforeHoldEnds, "failed"],
      ]);
      await payments.increase(id, { amount: "12500" });
      await told.notify({
        notifyType: "UPDATE_AMOUNT_RESULT",
        result: { resultStatus: "S", resultCode: "SUCCESS", resultMessage: "success" },
        updateRequestId: `${id}U1`,
        paymentRequestId: id,
        paymentId,
        paymentAmount: { currency: "EUR", value: "12500" },
        authExpiryTime: new Date(end + 7 * DAY).toISOString(),
      });
      expect((await payments.get(id)).authorizationExpiresAt).to.equal(end + 7 * DAY);
      const before = calls(started, call);
      await later(7 * DAY);
      await later(0);
      expect(calls(started, call)).to.equal(before + 1);
    });

    it(`is not ${status} where its end is put off just then`, async () => {
      for (let nth = 1; nth <= 8; nth++) {
        const memory = memoryStorage();
        const get = memory.get.bind(memory);
        let reads = 0;
        let putOff = (): Promise<unknown> => Promise.resolve();
        const storage = Object.assign(memory, {
          async get(id: string) {
            if (++reads === nth) await putOff();
            return get(id);
          },
        });
        const started = await start({ beforeHoldEnds, storage });
        const { authorized, later, payments, shop: told } = started;
        const id = await authorized();
        await later(7 * DAY - HOUR - MINUTE);
        await later(0);
        const { paymentId, authorizationExpiresAt: end = 0 } = await payments.get(id);
        const raised = {
          notifyType: "UPDATE_AMOUNT_RESULT",
          result: { resultStatus: "S", resultCode: "SUCCESS", resultMessage: "success" },
          updateRequestId: "DASHBOARD-1",
          paymentRequestId: id,
          paymentId,
          paymentAmount: { currency: "EUR", value: "12500" },
          authExpiryTime: new Date(end + 7 * DAY).toISOString(),
        };
        const late: unknown[] = [];
        putOff = async () => {
          reads = Infinity;
          late.push(...((await get(id))?.operations ?? []));
          await told.notify(raised);
        };
        reads = 0;
        await later(MINUTE);
        if (reads < nth) await putOff();
        expect((await payments.get(id)).authorizationExpiresAt).to.equal(end + 7 * DAY);
        // What was written down before the news came is carried out.
        expect(calls(started, call), `before read ${nth}`).to.equal(late.length);
        await started.stop();
      }
      shop = undefined;
    });

    it(`is ${status} after an increase that was still under way then`, async () => {
      const started = await start({ beforeHoldEnds });
      const { authorized, later, payments, simulator } = started;
      const id = await authorized();
      await later(7 * DAY - HOUR - MINUTE);
      await later(0);
      // Nothing is heard of it, neither by notification nor by inquiry, until after the last call.
      simulator.addFault({ operation: "updateAmount", fault: "reset-before", times: 3 });
      await payments.increase(id, { amount: "12500" });
      await later(MINUTE);
      await later(0);
      for (let minute = 0; minute < 50; minute++) await later(MINUTE);
      expect((await payments.get(id)).status).to.equal(status);
      expectAgreement(simulator, await payments.get(id));
    });

    for (const side of ["before", "after"] as const) {
      it(`is ${status} once though the process dies ${side} any of its calls`, async () => {
        const house = await openHouse();
        try {
          let isOver = true;
          for (let at = 0; isOver && at < 20; at++) isOver = await lastCall({ at, side });
          expect(isOver).to.be.false;
        } finally {
          await house.stop();
        }

        /** The last call in a process that dies, carried on in another one; whether it died. */
        async function lastCall(death: Death): Promise<boolean> {
          const storage = memoryStorage();
          const recorder = eventRecorder();
          const life = createLife(() => {
            house.empty();
          });
          const furnishing = { beforeHoldEnds, hooks: recorder.hooks };
          const first = house.moveIn({ ...furnishing, storage: life.storage(storage) }, (real) => life.transport(real));
          const id = await house.authorized(`order-${side}-${death.at}`, "10000");
          await house.clock.advance(7 * DAY - HOUR - MINUTE);
          await first.runDue();
          await house.clock.advance(MINUTE);
          life.meet(death);
          await Promise.race([first.runDue(), life.over]);
          const second = house.moveIn({ ...furnishing, storage });
          for (const ms of [31 * SECOND, MINUTE, 10 * MINUTE, 10 * MINUTE, HOUR, DAY]) {
            await house.clock.advance(ms);
            await house.simulator.settled();
            await second.runDue();
          }
          const payment = await second.payments.get(id);
          expect(payment.status, `${side} call ${death.at}`).to.equal(status);
          expect(payment.operations).to.have.lengthOf(1);
          expectAgreement(house.simulator, payment);
          expect(donePer(house.simulator, id)).to.have.lengthOf(beforeHoldEnds === "capture" ? 1 : 0);
          const { isOver } = life;
          life.end();
          return isOver;
        }
      });
    }
  }

  describe("but for a part, by a shop that may capture several times", () => {
    const contract = { multipleCaptures: true };
    const captured = async (started: OperationsShop): Promise<string> => {
      const id = await started.authorized();
      await started.payments.capture(id, { amount: "4000" });
      return id;
    };

    it("is warned of a day before, and its rest lapses at the end without a word", async () => {
      const started = await start({ contract });
      const { later, told, payments, simulator, shop: house } = started;
      const id = await captured(started);
      await later(6 * DAY - 1);
      expect(told(id)).to.deep.equal(["payment.authorized", "payment.captured"]);
      await later(1);
      expect(told(id)).to.deep.equal(["payment.authorized", "payment.captured", "payment.expiring"]);
      const expiring = async () =>
        (await house.antom.payments.list({ attention: "expiring" })).items.map((payment) => payment.id);
      expect(await expiring()).to.deep.equal([id]);
      for (let day = 0; day < 3; day++) await later(DAY);
      expect(told(id)).to.have.lengthOf(3);
      expect(await expiring()).to.deep.equal([]);
      expectAgreement(simulator, await payments.get(id));
      expect(await refusalOf(payments.capture(id))).to.include({ code: "authorization_expired" });
      const asked = started.simulator.requests().length;
      for (let day = 0; day < 30; day++) await later(DAY);
      expect(simulator.requests(), "nothing is looked after any more").to.have.lengthOf(asked);
    });

    for (const beforeHoldEnds of ["capture", "void"] as const) {
      it(`keeps its rest, which nobody asked for, where the shop wants a whole hold to be dealt with by itself (${beforeHoldEnds})`, async () => {
        const started = await start({ contract, beforeHoldEnds });
        const { later, told, payments, simulator, shop: house } = started;
        const id = await captured(started);
        for (let hour = 0; hour < 8 * 24; hour++) await later(HOUR);
        expect(told(id)).to.deep.equal(["payment.authorized", "payment.captured", "payment.expiring"]);
        expect([calls(started, "capture"), calls(started, "cancel")]).to.deep.equal([1, 0]);
        expect(house.log.filter(({ fields }) => fields["event"] === "hold.unattended")).to.deep.equal([]);
        expectAgreement(simulator, await payments.get(id));
      });
    }

    const PART = { amount: "4000", idempotencyKey: "the first parcel" };
    const unattended = ({ shop: { log } }: OperationsShop): unknown[] =>
      log.filter(({ fields }) => fields["event"] === "hold.unattended");

    it("is left alone while the part is under way, and its rest after that", async () => {
      const started = await start({ contract, beforeHoldEnds: "capture" });
      const { authorized, later, told, payments, simulator } = started;
      const id = await authorized();
      await later(7 * DAY - HOUR - MINUTE);
      await later(0);
      simulator.addFault({ operation: "capture", fault: "reset-before", times: 4 });
      await payments.capture(id, PART);
      await later(MINUTE);
      await later(MINUTE);
      expect((await payments.get(id)).operations.map(({ status }) => status)).to.deep.equal(["pending"]);
      for (let minute = 0; minute < 50; minute++) await later(MINUTE);
      await later(DAY);
      expect(await payments.get(id)).to.include({ status: "captured", capturedAmount: "4000" });
      expect(told(id)).to.deep.equal(["payment.authorized", "payment.expiring", "payment.captured"]);
      expect(unattended(started)).to.deep.equal([]);
      expectAgreement(simulator, await payments.get(id));
    });

    it("is captured as a whole where the part that was under way has failed", async () => {
      const started = await start({ contract, beforeHoldEnds: "capture" });
      const { authorized, later, payments, simulator } = started;
      const id = await authorized();
      await later(7 * DAY - HOUR - MINUTE);
      await later(0);
      simulator.addFault({ operation: "capture", fault: "reset-before", times: 3 });
      simulator.addFault({ operation: "capture", fault: "result", resultCode: "RISK_REJECT" });
      await payments.capture(id, PART);
      for (let minute = 0; minute < 50; minute++) await later(MINUTE);
      const { operations, capturedAmount } = await payments.get(id);
      expect(operations.map(({ status, amount }) => `${status} ${String(amount?.value)}`)).to.deep.equal([
        "failed 4000",
        "succeeded 10000",
      ]);
      expect(capturedAmount).to.equal("10000");
      expectAgreement(simulator, await payments.get(id));
    });

    it("is taken in that part or as a whole, never in both, whenever the part is asked for", async () => {
      const ends = new Set<string>();
      for (let nth = 1; nth <= 8; nth++) {
        const memory = memoryStorage();
        const get = memory.get.bind(memory);
        let reads = 0;
        let ask = (): Promise<unknown> => Promise.resolve();
        const storage = Object.assign(memory, {
          async get(id: string) {
            if (++reads === nth) await ask();
            return get(id);
          },
        });
        const started = await start({ contract, beforeHoldEnds: "capture", storage });
        const { authorized, later, payments, simulator } = started;
        const id = await authorized();
        await later(7 * DAY - HOUR - MINUTE);
        await later(0);
        simulator.addFault({ operation: "capture", fault: "reset-before" });
        ask = () => payments.capture(id, PART).catch(() => undefined);
        reads = 0;
        await later(MINUTE);
        for (let minute = 0; minute < 20; minute++) await later(MINUTE);
        const { capturedAmount, operations } = await payments.get(id);
        expect(operations, `before read ${nth}`).to.have.lengthOf(1);
        expect(unattended(started), `before read ${nth}`).to.deep.equal([]);
        expectAgreement(simulator, await payments.get(id));
        ends.add(capturedAmount);
        await started.stop();
      }
      shop = undefined;
      expect([...ends]).to.have.members(["4000", "10000"]);
    });

    it("is not warned of once that part is given back", async () => {
      const started = await start({ contract });
      const { later, told, payments } = started;
      const id = await captured(started);
      await payments.refund(id);
      for (let hour = 0; hour < 8 * 24; hour++) await later(HOUR);
      expect(await payments.get(id)).to.include({ capturedAmount: "4000", refundedAmount: "4000" });
      expect(told(id)).to.deep.equal(["payment.authorized", "payment.captured", "payment.refunded"]);
    });

    it("is not watched where the contract has a single capture: that lets the rest go", async () => {
      const started = await start({ contract: { partialCapture: true }, beforeHoldEnds: "capture" });
      const { later, told } = started;
      const id = await captured(started);
      for (let hour = 0; hour < 8 * 24; hour++) await later(HOUR);
      expect(told(id)).to.deep.equal(["payment.authorized", "payment.captured"]);
      expect(calls(started, "capture")).to.equal(1);
    });
  });

  it("is told of as ever where Antom refuses what should be done by itself", async () => {
    const started = await start({ beforeHoldEnds: "capture" });
    const { authorized, later, told, payments, simulator } = started;
    const id = await authorized("19004");
    await later(7 * DAY - HOUR);
    await later(0);
    await later(2 * HOUR);
    expect(told(id)).to.deep.equal([
      "payment.authorized",
      "payment.expiring",
      "payment.capture_failed",
      "payment.expired",
    ]);
    expect(started.shop.log.filter(({ fields }) => fields["event"] === "hold.unattended")).to.have.lengthOf(1);
    expectAgreement(simulator, await payments.get(id));
  });

  it("is left to Antom where that captures it by itself", async () => {
    const started = await start({ beforeHoldEnds: "void" });
    const { later, payments } = started;
    const { payment } = await started.paid({ method: "hosted" }, { capture: "AUTOMATIC" });
    await later(8 * DAY);
    expect((await payments.get(payment.id)).operations.filter(({ by }) => by !== undefined)).to.deep.equal([]);
  });
});
