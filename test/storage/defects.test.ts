import { expect } from "chai";
import { storageConformance, type ConformanceOptions } from "../../lib/storage/conformance.js";
import { CARD_DEFECTS } from "./defects/cards.js";
import { CRASH_DEFECTS } from "./defects/crashes.js";
import { shared } from "./defects/defect.js";
import { DEFER_DEFECTS } from "./defects/defers.js";
import { OPTIONAL_DEFECTS, withExtras } from "./defects/optional.js";
import { PAYMENT_DEFECTS } from "./defects/payments.js";
import { PRUNE_DEFECTS } from "./defects/prunes.js";
import { READ_DEFECTS } from "./defects/reads.js";
import { TASK_DEFECTS } from "./defects/tasks.js";

const DEFECTS = [
  ...PAYMENT_DEFECTS,
  ...TASK_DEFECTS,
  ...DEFER_DEFECTS,
  ...READ_DEFECTS,
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
  for (const { title, body } of tests) {
    try {
      await body();
      passed.push(title);
    } catch (error) {
      failed.set(title, String(error));
    }
  }
  return { passed, failed };
};

describe("the conformance suite", () => {
  it("finds nothing wrong with a storage that keeps every promise", async () => {
    const { passed, failed } = await runSuite(() => Promise.resolve(shared(withExtras)));
    expect([...failed]).to.deep.equal([]);
    expect(passed.length).to.be.greaterThan(130);
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
