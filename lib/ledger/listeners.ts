import type { EventType } from "../payment/events.js";
import type { Storage } from "../storage/storage.js";
import { hookFor, type Hooks } from "./hooks.js";

/** Who is to be told of events. */
export interface Listeners {
  /** Whether anybody is to be told of events of this type, so that a delivery has to be stored. */
  hears(type: EventType): boolean;
  /** Looks whether other processes have hooks: once, when the storage is ready. */
  look(): Promise<void>;
}

export interface ListenersParts {
  /** Absent where none were given: not even that there are none. */
  readonly hooks: Hooks | undefined;
  readonly storage: Storage;
  /** Whether this process has the worker. Where others do the work they may have other hooks. */
  readonly worksHere: boolean;
}

/**
 * A process that was given no hooks may be the whole of a shop that has none, for which nothing should be stored, or a script beside a shop that
 * has some. Deliveries that were stored before tell which.
 */
export function createListeners({ hooks, storage, worksHere }: ListenersParts): Listeners {
  let areOthers = !worksHere;
  return {
    hears: (type) => areOthers || (hooks !== undefined && hookFor(hooks, type) !== undefined),
    async look() {
      if (areOthers || hooks !== undefined) return;
      const { items } = await storage.tasks({ kind: "deliver", limit: 1 });
      areOthers = items.length > 0;
    },
  };
}
