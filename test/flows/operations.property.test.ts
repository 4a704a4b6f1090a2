import { expect } from "chai";
import fc from "fast-check";
import { isAntomError, type Antom, type ContractOptions } from "../../lib/index.js";
import type { FaultRequest } from "../../lib/simulator.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { eventRecorder } from "../../lib/testing.js";
import { subjectOf } from "../payment/invariants.js";
import { commanded } from "./commanded.js";
import { openHouse, type House } from "./operations-house.js";
import { createLife, type Death, type Life } from "./operations-mortal.js";
import { DAY, expectAgreement, HOUR, MINUTE, SECOND } from "./operations-shop.js";

const HELD = 30_000;
type Kind = "capture" | "void" | "refund" | "increase";

type Move =
  | {
      readonly do: "command";
      readonly kind: Kind;
      readonly value?: number;
      readonly key?: string;
      /** How many ask for the same at once. */
      readonly times: number;
      readonly death?: Death;
    }
  | { readonly do: "fault"; readonly fault: FaultRequest }
  | { readonly do: "wait"; readonly ms: number; readonly death?: Death }
  | { readonly do: "crash" };

const death: fc.Arbitrary<Death> = fc.record({ at: fc.nat(8), side: fc.constantFrom("before", "after") });
// Some end in what the simulator takes for another way to answer.
const values = fc.oneof(
  fc.integer({ min: 1, max: 40_000 }),
  fc.constantFrom(9_001, 9_002, 9_003, 9_005, 9_006, 19_021, 19_022, 19_024, 19_025, 19_026, 11, 30_000),
  fc.constantFrom(39_041, 39_042, 39_043, 39_044, 31_000),
);
const command: fc.Arbitrary<Move> = fc
  .record(
    {
      kind: fc.constantFrom<Kind>("capture", "capture", "capture", "refund", "refund", "increase", "void"),
      value: values,
      key: fc.constantFrom("a", "b"),
      times: fc.constantFrom(1, 1, 1, 2, 3),
      death,
    },
    { requiredKeys: ["kind", "times"] },
  )
  .map((made) => ({ do: "command", ...made }));
const fault: fc.Arbitrary<Move> = fc
  .oneof(
    fc.record({
      operation: fc.constantFrom<FaultRequest["operation"]>(
        "capture",
        "cancel",
        "refund",
        "updateAmount",
        "inquiryPayment",
        "inquiryRefund",
      ),
      fault: fc.constantFrom<FaultRequest["fault"]>("reset-before", "reset-after", "http-500", "garbage", "unsigned"),
      times: fc.integer({ min: 1, max: 3 }),
    }),
    // Refusals come of amounts: Antom does not refuse what it has done, and the switch would.
    fc.record({
      operation: fc.constantFrom<FaultRequest["operation"]>("capture", "cancel", "refund", "updateAmount"),
      fault: fc.constant<FaultRequest["fault"]>("result"),
      resultCode: fc.constantFrom("UNKNOWN_EXCEPTION", "REQUEST_TRAFFIC_EXCEED_LIMIT"),
    }),
    fc.record({
      operation: fc.constant<FaultRequest["operation"]>("notify"),
      fault: fc.constantFrom<FaultRequest["fault"]>("drop", "drop", "duplicate", "delay", "reset-after", "garbage"),
      delayMs: fc.constantFrom(10 * SECOND, 5 * MINUTE, HOUR / 6),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  )
  .map((made) => ({ do: "fault", fault: made }));
const wait: fc.Arbitrary<Move> = fc
  .record(
    { ms: fc.constantFrom(0, 0, SECOND, 3 * SECOND, 6 * SECOND, MINUTE, 10 * MINUTE, HOUR, DAY, 3 * DAY), death },
    { requiredKeys: ["ms"] },
  )
  .map((made) => ({ do: "wait", ...made }));
const moves = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: command },
    { weight: 3, arbitrary: fault },
    { weight: 3, arbitrary: wait },
    { weight: 1, arbitrary: fc.constant<Move>({ do: "crash" }) },
  ),
  { minLength: 1, maxLength: 12 },
);
const contracts = fc.constantFrom<ContractOptions>({}, { partialCapture: true }, { multipleCaptures: true });

describe("whatever is asked for, goes wrong, crashes and comes late", function () {
  this.timeout(60_000);

  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.stop());

  /** One history: a payment, what is done to it and what goes wrong; then peace, a day's time, and a look at what there is. */
  const live = async (contract: ContractOptions, all: readonly Move[]): Promise<void> => {
    const storage = memoryStorage();
    const recorder = eventRecorder();
    const { clock, simulator } = house;
    const begin = (): { life: Life; antom: Antom } => {
      const life = createLife(() => {
        house.empty();
      });
      const furnishing = { storage: life.storage(storage), hooks: recorder.hooks, contract };
      return { life, antom: house.moveIn(furnishing, (real) => life.transport(real)) };
    };
    let process = begin();
    const kit = (): Antom => {
      if (process.life.isOver) process = begin();
      return process.antom;
    };
    /** Does something for as long as the process lives. */
    const whileAlive = async (death: Death | undefined, work: (antom: Antom) => Promise<unknown>): Promise<void> => {
      const antom = kit();
      const { life } = process;
      if (death !== undefined) life.meet(death);
      await Promise.race([work(antom), life.over]);
      life.spare();
    };
    const later = async (ms: number, death?: Death): Promise<void> => {
      kit();
      await clock.advance(ms);
      await simulator.settled();
      await whileAlive(death, (antom) => antom.runDue());
    };

    const id = await house.authorized("order-1", String(HELD));

    for (const move of all) {
      switch (move.do) {
        case "command": {
          const { kind, value, key, times, death } = move;
          const request = {
            ...(value === undefined || kind === "void" ? {} : { amount: String(value) }),
            ...(key === undefined ? {} : { idempotencyKey: key }),
          };
          await whileAlive(death, (antom) =>
            Promise.all(
              Array.from({ length: times }, () =>
                commanded(antom.payments, kind, id, request).catch((error: unknown) => {
                  if (!isAntomError(error) || error.status >= 500) throw error;
                }),
              ),
            ),
          );
          break;
        }
        case "fault":
          simulator.addFault(move.fault);
          break;
        case "wait":
          await later(move.ms, move.death);
          break;
        case "crash":
          process.life.end();
          break;
      }
    }
    simulator.clearFaults();
    for (let day = 0; day < 2; day++) {
      for (const ms of [3 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, HOUR, 3 * HOUR, 20 * HOUR]) await later(ms);
    }

    const after = await kit().payments.get(id);
    expectAgreement(simulator, after);
    expect(BigInt(after.capturedAmount) <= BigInt(after.authorizedAmount), "captured of what was held").to.be.true;
    expect(BigInt(after.refundedAmount) <= BigInt(after.capturedAmount), "refunded of what was captured").to.be.true;
    expect(after.conflicts).to.deep.equal([]);
    const keys = after.operations.flatMap(({ key }) => key ?? []);
    expect(new Set(keys).size, "one operation for each key").to.equal(keys.length);

    // Heard in order; what was being told when a process died is told again, and nothing else is.
    const heard = [...new Map(recorder.events.map((event) => [event.id, event])).values()];
    expect(heard.map(({ sequence }) => sequence)).to.deep.equal(heard.map((_event, index) => index + 1));
    const subjects = heard.map(subjectOf);
    expect(new Set(subjects).size, subjects.join()).to.equal(subjects.length);
    const journal = await kit().payments.journal(id);
    expect(journal.flatMap(({ events }) => events)).to.deep.equal(heard.map(({ type }) => type));
    process.life.end();
  };

  it("ends with one effect for each command, the payment and Antom's ledger at one, and nothing stuck", async () => {
    await fc.assert(fc.asyncProperty(contracts, moves, live), { numRuns: 150 });
  });
});
