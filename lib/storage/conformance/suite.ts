import type { Storage } from "../storage.js";

/** What mocha, node:test, vitest and jest all have. */
export interface TestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: TestFunction;
}

/** A runner's `it`. */
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
  /** Where there is `settleWithin`: rows of the shop's own, by which the suite sees what becomes of its work. */
  readonly notes?: Notes;
  /** Clears away what was made for the test; all storages are stopped by then. */
  dispose?(): Promise<void>;
}

/** A table of the shop's own in the same database, empty at first. */
export interface Notes {
  /** Stores a row by what `settleWithin` hands to its work. */
  write(transaction: unknown, text: string): Promise<void>;
  /** The texts of all rows that are committed. Asked for beside the work too, so on another connection. */
  read(): Promise<readonly string[]>;
}

/** The parts of the suite that need something of the adapter: `crash`, several storages, or `notes`. */
export type Part = "crashes" | "instances" | "transactions";

/** What a storage may have or not. */
export type OptionalStep = "settleWithin" | "watch" | "describe";

/** Options of `storageConformance`. */
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

export type Case = (current: Current, crash: Crash, notes: Notes) => Promise<void>;

/** What a test cannot do without. */
export interface Needs {
  /** Left out `without` this part. */
  readonly part?: Part;
  /** Not run of a storage that lacks this step. */
  readonly step?: OptionalStep;
  /** The test is handed storages that are not started, and starts them. */
  readonly isUnstarted?: boolean;
}

/** How the promises are written down: `describe` and `it` of the runner, but that a test is handed its storages. */
export interface Suite {
  readonly describe: (title: string, body: () => void) => void;
  readonly it: (title: string, body: Case) => void;
  /** A test that is left out `without` this part. */
  readonly itNeeds: (part: Part, title: string, body: Case) => void;
  readonly itWith: (needs: Needs, title: string, body: Case) => void;
}

/** A test as it was written down, with what it needs. */
export interface WrittenCase {
  readonly title: string;
  readonly needs: Needs;
  readonly body: Case;
}

/** The tests below one title. */
export interface Group {
  readonly title: string;
  readonly cases: WrittenCase[];
}

/** Writes the promises down, before any runner hears of them. */
export const collect = (promises: readonly ((suite: Suite) => void)[]): Group[] => {
  const groups: Group[] = [];
  const itWith: Suite["itWith"] = (needs, title, body) => {
    groups.at(-1)?.cases.push({ title, needs, body });
  };
  const suite: Suite = {
    describe: (title, body) => {
      groups.push({ title, cases: [] });
      body();
    },
    it: (title, body) => {
      itWith({}, title, body);
    },
    itNeeds: (part, title, body) => {
      itWith({ part }, title, body);
    },
    itWith,
  };
  for (const write of promises) write(suite);
  return groups;
};
