import assert from "node:assert/strict";
import type { Storage } from "../storage.js";

/** What mocha, node:test, vitest and jest all have. */
export interface TestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: TestFunction;
}

export interface TestFunction {
  (title: string, body: () => Promise<void>): unknown;
  /** Shows a test that is not run. Where a runner has none, the test passes, with the reason in its title. */
  readonly skip?: (title: string, body: () => Promise<void>) => unknown;
}

/** What an adapter hands over for one test. */
export interface StorageUnderTest {
  /** Empty and not started. Where several can share what is stored, as the instances of a shop do, three or more of them. */
  readonly storages: readonly [Storage, ...Storage[]];
  /**
   * Does what a crash does, once in a test: leaves the storages as they are, in the middle of whatever they do and without
   * `stop`, and answers with another one, not started, on what is stored at this moment. The first ones are used no more.
   */
  crash?(): Promise<Storage>;
  /** Clears away what was made for the test; all storages are stopped by then. */
  dispose?(): Promise<void>;
}

/** The parts of the suite that need something of the adapter: `crash`, or several storages. */
export type Part = "crashes" | "instances";

export interface ConformanceOptions {
  /** What the tests are called after, such as "ourStorage". */
  readonly name: string;
  /** Makes what one test needs. Called for each, so that none sees what another stored. */
  readonly create: () => Promise<StorageUnderTest>;
  /** Parts that cannot be shown of this adapter, each with the reason. They stay to be seen, as tests that are not run. */
  readonly without?: Readonly<Partial<Record<Part, string>>>;
  /** Single tests that are turned off, by their title with what stands before it, "list: has no next page ...", each with the reason. */
  readonly skip?: Readonly<Record<string, string>>;
}

/** The storages of the running test: the first one, or any by number. */
export type Current = (nth?: number) => Storage;

/** Crashes the storages and starts another one on what is left. */
export type Crash = () => Promise<Storage>;

export type Case = (current: Current, crash: Crash) => Promise<void>;

/** How the promises are written down: `describe` and `it` of the runner, but that a test is handed its storages. */
export interface Suite {
  describe(title: string, body: () => void): void;
  it(title: string, body: Case): void;
  /** A test that is left out `without` this part. */
  itNeeds(part: Part, title: string, body: Case): void;
}

/** Throws a TypeError for a reason that is none: a promise is not given up in silence. */
const checkReasons = (kind: string, reasons: Readonly<Record<string, unknown>>): void => {
  for (const [name, reason] of Object.entries(reasons)) {
    if (typeof reason !== "string" || reason.trim().length < 10) {
      throw new TypeError(`${kind} "${name}" needs a reason for which it is turned off, in a sentence.`);
    }
  }
};

const PARTS: readonly string[] = ["crashes", "instances"] satisfies Part[];

/** Hands the runner tests that make their storages, use them and clear them away. `close` complains of titles to skip that there are not. */
export const suiteOf = ({ describe, it }: TestRunner, options: ConformanceOptions): Suite & { close(): void } => {
  const { create, without = {}, skip = {} } = options;
  checkReasons("The part", without);
  checkReasons("The test", skip);
  for (const part of Object.keys(without)) {
    if (!PARTS.includes(part)) throw new TypeError(`There is no part "${part}": they are ${PARTS.join(" and ")}.`);
  }
  const titles = new Set<string>();
  let group = "";

  const leaveOut = (title: string, reason: string): void => {
    const named = `${title} (left out: ${reason})`;
    const nothing = (): Promise<void> => Promise.resolve();
    if (it.skip === undefined) it(named, nothing);
    else it.skip(named, nothing);
  };

  const add = (title: string, part: Part | undefined, body: Case): void => {
    const full = `${group}: ${title}`;
    titles.add(full);
    const reason = skip[full] ?? (part === undefined ? undefined : without[part]);
    if (reason === undefined) it(title, () => runCase(create, without, body));
    else leaveOut(title, reason);
  };

  return {
    describe: (title, body) => {
      describe(title, () => {
        group = title;
        body();
      });
    },
    it: (title, body) => {
      add(title, undefined, body);
    },
    itNeeds: (part, title, body) => {
      add(title, part, body);
    },
    close: () => {
      const unknown = Object.keys(skip).filter((title) => !titles.has(title));
      if (unknown.length > 0) throw new TypeError(`There is no test "${unknown.join('", "')}" to leave out.`);
    },
  };
};

const runCase = async (
  create: ConformanceOptions["create"],
  without: NonNullable<ConformanceOptions["without"]>,
  body: Case,
): Promise<void> => {
  const made = await create();
  const { storages } = made;
  const started: Storage[] = [...storages];
  const start = async (): Promise<void> => {
    if (without.instances === undefined) {
      assert(
        storages.length > 1,
        "create() made one storage. Make three that share what is stored, or say why not: { without: { instances: reason } }.",
      );
    }
    await Promise.all(storages.map((storage) => storage.start()));
  };
  const crash: Crash = async () => {
    assert(made.crash, "create() offers no crash(). Offer it, or say why not: { without: { crashes: reason } }.");
    const another = await made.crash();
    started.push(another);
    await another.start();
    return another;
  };
  try {
    await start();
    await body((nth = 0) => storages[nth % storages.length] ?? storages[0], crash);
  } finally {
    await Promise.all(started.map((storage) => storage.stop()));
    await made.dispose?.();
  }
};
