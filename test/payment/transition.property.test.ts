import { expect } from "chai";
import fc from "fast-check";
import type { Payment } from "../../lib/payment/payment.js";
import { transition } from "../../lib/payment/transition.js";
import { MINUTE, opened, T0 } from "./a-payment.js";
import { plans, worldOf, type Told, type World } from "./antom-model.js";
import { essence } from "./essence.js";
import { createHistory, type History } from "./history.js";
import { noise, type Noise } from "./noise.js";

const begin = (
  { plan, commands }: World,
  method: Payment["method"] = "hosted",
  contract: Pick<Payment, "multipleCaptures"> = {},
): History => {
  const { payment, tasks } = opened({ value: String(plan.value), captureMode: plan.captureMode, method });
  const history = createHistory({ payment: { ...payment, ...contract }, tasks });
  play(history, commands);
  return history;
};

/** Lets the kit hear things one after another, a second apart. */
const play = (history: History, heard: readonly (Told & { otherIsLive?: boolean })[]): void => {
  for (const told of heard) history.record({ ...told, at: T0 + (history.payment.version + 1) * 1000 });
};

const shuffled = (world: World): fc.Arbitrary<Told[]> =>
  fc.shuffledSubarray([...world.signed], { minLength: world.signed.length });

/** A pay call of the one only opens a page; of the other it takes money by itself. */
const methods = fc.constantFrom("hosted" as const, "card" as const);

/** Of the one several captures are possible, and what one leaves is held on. */
const contracts = fc.constantFrom({}, { multipleCaptures: true as const });

const noises = fc.array(fc.tuple(fc.nat(30), noise));

/** A world, and what the kit hears of it: out of order, some of it more than once. */
const worlds = plans.map(worldOf);
const heardWorlds = worlds.chain((world) =>
  fc.record({
    world: fc.constant(world),
    heard: fc
      .tuple(shuffled(world), fc.array(fc.constantFrom(...world.signed), { maxLength: 6 }))
      .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length })),
  }),
);

describe("transition, for whatever Antom may have done", function () {
  this.timeout(30_000);

  it("arrives at what is true, in whichever order and however often it is told", () => {
    fc.assert(
      fc.property(heardWorlds, ({ world, heard }) => {
        const inOrder = begin(world);
        play(inOrder, world.signed);
        const history = begin(world);
        play(history, heard);
        const { truth } = world;
        const { payment } = history;
        expect(payment).to.deep.include({
          status: truth.status,
          authorizedAmount: truth.authorizedAmount,
          capturedAmount: truth.capturedAmount,
          refundedAmount: truth.refundedAmount,
        });
        expect(
          payment.operations.map(({ kind, status, amount }) => `${kind} ${status} ${amount?.value ?? ""}`).sort(),
        ).to.deep.equal(truth.operations);
        expect(essence(payment)).to.deep.equal(essence(inOrder.payment));
      }),
      { numRuns: 250 },
    );
  });

  it("tells the shop of each thing that happened exactly once, in whichever order it is told", () => {
    fc.assert(
      fc.property(heardWorlds, ({ world, heard }) => {
        const history = begin(world);
        play(history, heard);
        const particular = [...history.subjects].filter((subject) => subject.includes(" ")).sort();
        expect(particular).to.deep.equal(world.truth.subjects.filter((subject) => subject.includes(" ")).sort());
        for (const subject of world.truth.subjects) expect([...history.subjects]).to.include(subject);
        const { status } = world.truth;
        const { lapsed } = history.payment.evidence;
        if (status === "failed" || status === "expired") expect([...history.subjects]).to.include(`payment.${status}`);
        // One that lapsed may have been cancelled before its success was heard of: then it was told as expired.
        if (status === "voided") {
          expect([...history.subjects]).to.include.oneOf(["payment.voided", ...(lapsed ? ["payment.expired"] : [])]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("keeps every promise of a step, also amid silence, clocks, commands, contradictions and other payments", () => {
    fc.assert(
      fc.property(heardWorlds, methods, contracts, noises, ({ world, heard }, method, contract, unrelated) => {
        const history = begin(world, method, contract);
        const all: Noise[] = [...heard];
        for (const [place, told] of unrelated) all.splice(place % (all.length + 1), 0, told);
        play(history, all);
      }),
      { numRuns: 250 },
    );
  });

  it("learns nothing from hearing the same again, at once or later", () => {
    fc.assert(
      fc.property(heardWorlds, fc.boolean(), ({ world, heard }, otherIsLive) => {
        const history = begin(world);
        for (const told of heard) {
          play(history, [{ ...told, otherIsLive }]);
          for (const later of [0, 1000, 60 * MINUTE]) {
            const again = { ...told, at: history.payment.updatedAt + later };
            expect(transition(history.payment, again, { otherIsLive })).to.be.undefined;
            expect(transition(history.payment, again)).to.be.undefined;
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it("learns nothing from anything once it has heard it all", () => {
    fc.assert(
      fc.property(heardWorlds, ({ world, heard }) => {
        const history = begin(world);
        play(history, heard);
        const { version } = history.payment;
        play(history, world.signed);
        expect(history.payment.version).to.equal(version);
      }),
      { numRuns: 100 },
    );
  });
});
