import { expect } from "chai";
import { storageConformance, type ConformanceOptions, type StorageUnderTest } from "../../lib/storage/conformance.js";
import { ALIKE_DEFECTS } from "./defects/alike.js";
import { CARD_DEFECTS } from "./defects/cards.js";
import { CRASH_DEFECTS } from "./defects/crashes.js";
import { overlaid, roundTrip, shared } from "./defects/defect.js";
import { DEFER_DEFECTS } from "./defects/defers.js";
import { OPTIONAL_DEFECTS, withExtras } from "./defects/optional.js";
import { ORDER_DEFECTS } from "./defects/order.js";
import { PAYMENT_DEFECTS } from "./defects/payments.js";
import { PRUNE_DEFECTS } from "./defects/prunes.js";
import { READ_DEFECTS } from "./defects/reads.js";
import { TASK_DEFECTS } from "./defects/tasks.js";
import { VALUE_DEFECTS } from "./defects/values.js";

const DEFECTS = [
  ...PAYMENT_DEFECTS,
  ...TASK_DEFECTS,
  ...ORDER_DEFECTS,
  ...DEFER_DEFECTS,
  ...READ_DEFECTS,
  ...VALUE_DEFECTS,
  ...ALIKE_DEFECTS,
  ...PRUNE_DEFECTS,
  ...CARD_DEFECTS,
  ...CRASH_DEFECTS,
  ...OPTIONAL_DEFECTS,
];

interface Run {
  readonly passed: string[];
  /** The titles of the tests that failed, each with what it said. */
  readonly failed: Map<string, string>;
}

/** Runs the suite with a runner of the test's own: one test after another. */
const runSuite = async (create: ConformanceOptions["create"]): Promise<Run> => {
  const tests: { title: string; body: () => Promise<void> }[] = [];
  let group = "";
  storageConformance(
    {
      describe: (title, body) => {
        group = title;
        body();
      },
      it: (title, body) => {
        tests.push({ title: `${group}: ${title}`, body });
      },
    },
    { name: "a storage", create },
  );
  const passed: string[] = [];
  const failed = new Map<string, string>();
  await Promise.all(
    tests.map(async ({ title, body }) => {
      try {
        await body();
        passed.push(title);
      } catch (error) {
        failed.set(title, String(error));
      }
    }),
  );
  return { passed, failed };
};

describe("the conformance suite", () => {
  it("finds nothing wrong with a storage that keeps every promise", async () => {
    const { passed, failed } = await runSuite(() => Promise.resolve(withExtras()));
    expect([...failed]).to.deep.equal([]);
    expect(passed.length).to.be.greaterThan(130);
  });

  it("finds nothing wrong with one that gives less while others claim too", async () => {
    const yielding = (): StorageUnderTest =>
      shared((storage) => {
        let claiming = 0;
        return overlaid(storage, {
          claim: async (request) => {
            const isAlone = claiming++ === 0;
            try {
              // Whoever finds another one at it leaves all but one to it.
              return await storage.claim(isAlone ? request : { ...request, limit: Math.min(request.limit, 1) });
            } finally {
              await roundTrip();
              claiming--;
            }
          },
        });
      });
    const { failed } = await runSuite(() => Promise.resolve(yielding()));
    expect([...failed]).to.deep.equal([]);
  });

  for (const { name, breaks, create } of DEFECTS) {
    it(`catches: ${name}`, async () => {
      const { passed, failed } = await runSuite(() => Promise.resolve(create()));
      expect([...failed.keys()]).to.include(breaks);
      // One promise is broken, not all of them.
      expect(passed.length).to.be.greaterThan(50);
      // Each runs the whole suite; and Node 26 takes its time to show how two long histories differ.
    }).timeout(90_000);
  }
});
