import { once } from "node:events";
import { open, type RootDatabase } from "lmdb";
import { AntomError, isAntomError } from "../../../lib/index.js";
import { openTables, type Tables } from "./tables.js";

/** How long a step may wait for other processes, in milliseconds. */
const PATIENCE = 5000;

const unavailable = (message: string, cause?: unknown): AntomError =>
  new AntomError("storage_unavailable", message, { cause });

/** LMDB tells of a commit that failed by a second promise too, which somebody has to hear. */
const hear = (error: unknown): void => {
  void (error as { commitError?: Promise<never> }).commitError?.catch(() => undefined);
};

type Step<In extends unknown[], Out> = (tables: Tables, ...input: In) => Out;

/** A folder of LMDB. All processes that open it share what is in it: one at a time writes, and nobody waits to read. */
export class LmdbDatabase {
  readonly #path: string;
  #opened: { readonly root: RootDatabase; readonly tables: Tables } | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Not while another storage of this very process writes there: `open` would wait for it, and let nothing else run. */
  open(): void {
    if (this.#opened !== undefined) return;
    // Without `overlappingSync` a commit is on the disk before it is answered, and before anybody sees it.
    const how = { noSubdir: false, overlappingSync: false, eventTurnBatching: false, maxDbs: 32 };
    const root = open({ path: this.#path, encoding: "json", ...how });
    this.#opened = { root, tables: root.transactionSync(() => openTables(root)) };
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await opened?.root.close();
  }

  /** Does all of a step or nothing of it, with nobody in between. When this resolves, it is on the disk. */
  async write<In extends unknown[], Out>(step: Step<In, Out>, ...input: In): Promise<Out> {
    const { root, tables } = this.#there();
    // The caller may change it while the step waits for its turn.
    const taken = structuredClone(input);
    const late = AbortSignal.timeout(PATIENCE);
    const written = root.childTransaction(() => {
      late.throwIfAborted();
      return step(tables, ...taken);
    });
    written.catch(hear);
    try {
      await Promise.race([written, once(late, "abort")]);
      late.throwIfAborted();
      return await written;
    } catch (error) {
      throw isAntomError(error) ? error : unavailable("The database could not be written.", error);
    }
  }

  /** Reads what is committed now, all of it as of one moment. */
  read<In extends unknown[], Out>(step: Step<In, Out>, ...input: In): Promise<Out> {
    return new Promise((resolve) => {
      const { root, tables } = this.#there();
      root.resetReadTxn();
      resolve(step(tables, ...input));
    });
  }

  #there(): { readonly root: RootDatabase; readonly tables: Tables } {
    if (this.#opened === undefined) throw unavailable("The database is not open.");
    return this.#opened;
  }
}
