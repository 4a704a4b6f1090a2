import type { EventType } from "../payment/events.js";
import type { Logger } from "../ports.js";
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
  readonly logger: Logger;
}

/**
 * A process that was given no hooks may be the whole of a shop that has none, for which nothing should be stored, or a script beside a shop that
 * has some. Deliveries that were stored before tell which. On a storage where there were none yet it is taken for the former, and says so.
 */
export function createListeners({ hooks, storage, worksHere, logger }: ListenersParts): Listeners {
  let areOthers = !worksHere;
  let isSaid = false;

  const isForNobody = (type: EventType): false => {
    if (!isSaid) {
      isSaid = true;
      logger.warn(
        { event: "hook.absent", type },
        `nobody will be told of ${type}, nor of later events: this process was given no hooks. Where another process has them give this one ` +
          "worker: false; where nobody is to be told say hooks: {}",
      );
    }
    return false;
  };

  return {
    hears(type) {
      if (areOthers) return true;
      return hooks === undefined ? isForNobody(type) : hookFor(hooks, type) !== undefined;
    },
    async look() {
      if (areOthers || hooks !== undefined) return;
      const { items } = await storage.tasks({ kind: "deliver", limit: 1 });
      areOthers = items.length > 0;
    },
  };
}
