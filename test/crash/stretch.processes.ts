import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setMaxListeners } from "node:events";
import { expect } from "chai";
import { checkAll } from "./check/check.js";
import type { Evidence } from "./check/evidence.js";
import { newKeys } from "./keys.js";
import { sqlitePremises } from "./sqlite-premises.js";
import { buildProgram, type Program } from "./program.js";
import type { Breakage } from "./shop/breakages.js";
import { runStretch, type StretchResult } from "./stretch.js";
import { warmUp } from "./warm-up.js";

const KILLS = 6;
/** How many stretches it may take to find what is broken. */
const STRETCHES = 3;
const MINUTE = 60_000;

/** What each breakage must be found by. */
const FOUND_BY: Readonly<Record<Breakage, RegExp>> = {
  "answers-early":
    /acknowledged before what it says was committed|answered with 200, and the database does not have it/,
  "acknowledges-early": /acknowledged before what it says was committed/,
  "forgets-events": /never came/,
  "forgets-work": /the database says|does not come to rest/,
  "delivers-once": /never taken|never came/,
  "sends-first": /that the database does not have/,
  "forgets-keys": /does not have it|is gone/,
  overwrites: /./,
  "gives-up-early": /was given up after \d+ tries/,
  "tells-twice": /was told \d+ times, and/,
};

describe("a stretch of the crash run", function () {
  this.timeout(2 * MINUTE);

  const keys = newKeys();
  const premises = sqlitePremises();
  let folder: string;
  let program: Program;

  before(async () => {
    setMaxListeners(200);
    folder = mkdtempSync(join(tmpdir(), "express-antom-crash-"));
    program = await buildProgram(folder);
    await warmUp({ program, keys, premises, folder: join(folder, "warm-up") });
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  let number = 0;
  const stretch = (seed: string, breakage?: Breakage): Promise<StretchResult> =>
    runStretch({
      number: ++number,
      seed,
      kills: KILLS,
      turn: 0,
      storage: "sqlite",
      premises,
      folder: join(folder, `stretch-${number}`),
      program,
      keys,
      until: Date.now() + MINUTE,
      ...(breakage === undefined ? {} : { breakage }),
    });

  describe("in which nothing is broken", () => {
    let healthy: StretchResult;
    before(async () => {
      healthy = await stretch("healthy");
    });

    it("kills as many processes as it should, over work, and finds nothing", () => {
      expect(healthy.violations).to.deep.equal([]);
      expect(healthy.kills).to.have.lengthOf(KILLS);
      expect(healthy.kills.some(({ inHand }) => inHand.length > 0)).to.equal(true);
      expect(healthy.payments).to.be.at.least(6);
      expect(healthy.compared).to.be.greaterThan(0);
    });

    /** What may have gone wrong with a payment of which everything is known, and how that is told. */
    const WRONGS: readonly (readonly [what: string, (evidence: Evidence) => Partial<Evidence>, RegExp])[] = [
      ["a payment is lost", ({ payments }) => ({ payments: payments.slice(1) }), /that the database does not have/],
      [
        "Antom took money twice",
        ({ ledger }) => ({ ledger: { ...ledger, captures: [...ledger.captures, ...ledger.captures.slice(0, 1)] } }),
        /captured: the database says|payment.captured was told/,
      ],
      [
        "an order has two holds",
        ({ ledger }) => {
          const [hold] = ledger.authorizations.filter(({ status }) => status !== "VOIDED");
          const other = hold && { ...hold, status: "EXPIRED" as const, paymentRequestId: "PAY" };
          const expired = hold && { ...hold, status: "EXPIRED" as const };
          return {
            ledger: { ...ledger, captures: [], authorizations: [expired ?? expect.fail(), other ?? expect.fail()] },
          };
        },
        /the order is paid 2 times/,
      ],
      ["an event never came", ({ calls }) => ({ calls: calls.filter((call) => call.sequence !== 1) }), /never came/],
      [
        "nobody took an event",
        ({ calls }) => ({ calls: calls.map((call) => ({ ...call, isTaken: false })) }),
        /never taken/,
      ],
      [
        "events came in the wrong order",
        ({ calls }) => ({ calls: calls.toReversed() }),
        /before number \d+ was dealt with/,
      ],
      [
        "an event changed between two tries",
        ({ calls }) => ({ calls: [...calls, ...calls.slice(0, 1).map((call) => ({ ...call, event: "{}" }))] }),
        /told in two ways/,
      ],
      [
        "an event was told again and again for no reason",
        ({ calls }) => ({ calls: [...calls, ...Array.from({ length: 30 }, () => calls.slice(0, 1)).flat()] }),
        /was told 3\d times, and/,
      ],
      [
        "an event was given up after three tries",
        ({ payments }) => ({ redriven: new Map(payments.map(({ id }) => [`${id}.1`, 3])) }),
        /was given up after 3 tries/,
      ],
      [
        "a task waits for ever",
        ({ tasks }) => ({ tasks: tasks.map((task) => ({ ...task, state: "waiting" as const })) }),
        /still waiting/,
      ],
      [
        "a notification was never heard",
        ({ notifications }) => ({
          notifications: notifications.map((one) => ({ ...one, state: "given-up" as const })),
        }),
        /never acknowledged/,
      ],
      [
        "the journal has a gap",
        ({ journals }) => ({ journals: new Map([...journals].map(([id, entries]) => [id, entries.slice(1)])) }),
        /the journal has/,
      ],
      [
        "a payment is in conflict",
        ({ payments }) => ({
          payments: payments.map((payment) => ({ ...payment, conflicts: [{ code: "reversed" as const, at: 0 }] })),
        }),
        /in conflict: reversed/,
      ],
      [
        "a key made two operations",
        ({ payments }) => ({
          payments: payments.map((payment) => ({
            ...payment,
            operations: [...payment.operations, ...payment.operations],
          })),
        }),
        /made 2 operations/,
      ],
      [
        "a hold was let go by itself",
        ({ ledger, exchanges }) => ({
          ledger: { ...ledger, cancels: ledger.authorizations.map((hold) => ({ ...hold, voided: true })) },
          exchanges: exchanges.filter(({ path }) => path === "/payments/checkout"),
        }),
        /nobody asked for that/,
      ],
      [
        "a capture was made by itself",
        ({ payments }) => ({
          payments: payments.map((payment) => ({
            ...payment,
            operations: [
              { id: `${payment.id}C9`, kind: "capture" as const, status: "succeeded" as const, requestedAt: 0 },
            ],
          })),
        }),
        /nobody asked for the capture/,
      ],
      [
        "a hook's transaction was carried out twice",
        ({ payments }) => ({
          books: payments.flatMap(({ id }) => [1, 1].map((sequence) => ({ event: `${id}.1`, payment: id, sequence }))),
        }),
        /carried out for the events 1,1/,
      ],
    ];

    for (const [what, wrong, told] of WRONGS) {
      it(`would have told, had it seen that ${what}`, () => {
        const violations = checkAll({ ...healthy.evidence, ...wrong(healthy.evidence) });
        expect(violations.map((violation) => violation.what).join("\n")).to.match(told);
      });
    }
  });

  describe("finds a shop", () => {
    const names = Object.keys(FOUND_BY) as Breakage[];
    const searches = new Map<Breakage, Promise<string>>();
    before(() => {
      for (const name of names) searches.set(name, search(name));
    });

    /** What is found. Where a few kills fall on nothing that the breakage spoils, some more are made. */
    const search = async (name: Breakage): Promise<string> => {
      let found = "";
      for (let round = 1; round <= STRETCHES && !FOUND_BY[name].test(found); round++) {
        const { violations } = await stretch(`broken ${name} ${round}`, name);
        found = violations.map(({ what }) => what).join("\n");
      }
      return found;
    };

    for (const name of names) {
      it(`that ${name.replaceAll("-", " ")}`, async () => {
        expect(await searches.get(name)).to.match(FOUND_BY[name]);
      });
    }
  });
});
