import { AntomError, isAntomError } from "../errors.js";
import type { Clock } from "../ports.js";
import type { ClaimedTask, Storage } from "../storage/storage.js";
import type { HookContext } from "./hooks.js";

/**
 * How long a transaction may take to end once the hook's time is up, in milliseconds. Then it is undone while its work goes on. Both fit into a
 * task's lease (LEASE in worker.ts).
 */
export const TRANSACTION_GRACE = 5_000;

/** What became of the one transaction a call of a hook may have; "lost": nothing was done, the event is another's by now. */
export type Fate = "none" | "under way" | "committed" | "undone" | "lost";

export interface HookTransaction {
  readonly transaction: HookContext["transaction"];
  /** The transaction, while it is under way. */
  readonly underWay: () => Promise<unknown> | undefined;
  /**
   * The hook has ended or its time is up: none can be begun any more. Waits for the one that is under way, so that the event is not put off
   * meanwhile. Should even the grace pass, its work is refused; both are conditional on the same lease, so one of them at most comes about.
   */
  readonly end: () => Promise<Fate>;
  /**
   * Whether a hook that failed with this has merely waited in vain: the storage could not begin the transaction it asked for, or its time was
   * up while it waited. That says nothing about the hook; what it made of the refusal by itself does.
   */
  readonly hasWaitedInVain: (error: unknown) => boolean;
}

export interface HookTransactionParts {
  readonly storage: Storage;
  readonly claimed: ClaimedTask;
  readonly clock: Clock;
  /** Aborted when the hook's time is up. */
  readonly signal: AbortSignal;
}

export function createHookTransaction({ storage, claimed, clock, signal }: HookTransactionParts): HookTransaction {
  let fate: Fate = "none";
  let isOver = false;
  let isBegun = false;
  let refused: AntomError | undefined;
  let doing: Promise<unknown> | undefined;
  let giveUp = (): void => undefined;

  const within = async <T>(work: (client: unknown) => Promise<T>): Promise<T> => {
    const outOfPatience = new Promise<never>((_resolve, reject) => {
      giveUp = () => {
        reject(new Error("the hook's transaction did not end in time"));
      };
    });
    outOfPatience.catch(() => undefined);
    const done: { result?: { readonly value: T } } = {};
    try {
      const isHeld = await storage.settleWithin?.(claimed, async (client) => {
        // A connection may have been long in coming.
        signal.throwIfAborted();
        isBegun = true;
        const value = await Promise.race([work(client), outOfPatience]);
        // The event is about to be put off: what was done here is done anew when it comes again.
        signal.throwIfAborted();
        done.result = { value };
      });
      fate = isHeld === true ? "committed" : "lost";
    } catch (error) {
      fate = "undone";
      if (!isBegun && !signal.aborted && isAntomError(error) && error.code === "storage_unavailable") refused = error;
      throw error;
    }
    if (fate === "committed" && done.result !== undefined) return done.result.value;
    throw new AntomError(
      "lease_lost",
      `the event ${claimed.task.id} is another process's by now, and nothing was done in this transaction: leave it to that one`,
    );
  };

  const refusal = (): string | undefined => {
    if (storage.settleWithin === undefined) {
      return "this storage has no transactions for hooks: keep the payments in the shop's own database, or tell a repeat by event.id";
    }
    if (doing !== undefined) return "a hook has one transaction each time it is called: do all of its work in that one";
    if (isOver || signal.aborted) return "the hook has returned or its time is up: begin the transaction before";
    return undefined;
  };

  return {
    transaction(work) {
      const why = refusal();
      if (why !== undefined) return Promise.reject(new AntomError("transaction_unavailable", why));
      fate = "under way";
      // What the storage hands out is of its database's type, which the shop knows and the kit does not.
      const begun = within(work as (client: unknown) => ReturnType<typeof work>);
      doing = begun;
      return begun;
    },
    underWay: () => (fate === "under way" ? doing : undefined),
    async end() {
      isOver = true;
      if (fate !== "under way" || doing === undefined) return fate;
      // It is not begun any more, so that there is nothing to wait for.
      if (!isBegun && signal.aborted) return fate;
      let cancel = (): void => undefined;
      const tooLate = new Promise<void>((resolve) => {
        cancel = clock.after(TRANSACTION_GRACE, () => {
          giveUp();
          resolve();
        });
      });
      await Promise.race([doing.catch(() => undefined), tooLate]);
      cancel();
      return fate;
    },
    hasWaitedInVain(error) {
      if (doing === undefined || isBegun) return false;
      return refused === undefined ? signal.aborted && error === signal.reason : error === refused;
    },
  };
}
