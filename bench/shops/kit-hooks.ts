import type { HookContext, PaymentEvent } from "../../lib/index.js";
import type { Misbehaved, Misbehaviour, ShopReport } from "../processes/messages.js";

/** What the kit calls for each payment, and how it is made to misbehave. */
export interface KitHooks {
  readonly hook: (event: PaymentEvent, context: HookContext) => Promise<void> | void;
  /** From now on; those that hang are let go. */
  readonly misbehave: (how: Misbehaviour) => void;
  readonly misbehaved: () => Misbehaved;
  /** The hooks since it was last asked. */
  readonly take: () => Pick<ShopReport, "hooks" | "badHooks">;
  /** How many were called and done since `take`. */
  readonly done: () => number;
}

export function kitHooks(): KitHooks {
  let how: Misbehaviour = {};
  const failing = new Set<string>();
  const hanging = new Set<() => void>();
  let done = 0;
  let failures = 0;

  const hang = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      hanging.add(resolve);
      // Its time is up, and the kit has given up waiting for it.
      signal.addEventListener("abort", () => {
        if (hanging.delete(resolve)) failures++;
      });
    });

  return {
    hook({ payment: { id } }, { signal }): Promise<void> | void {
      if (how.hang === true) return hang(signal);
      if (failing.size < (how.fail ?? 0)) failing.add(id);
      if (failing.has(id)) {
        failures++;
        throw new Error("the shop's own work failed");
      }
      done++;
    },
    misbehave(next) {
      how = next;
      failing.clear();
      for (const letGo of hanging) letGo();
      hanging.clear();
    },
    misbehaved: () => ({ failed: failing.size, hanging: hanging.size }),
    take() {
      const taken = { hooks: done, badHooks: failures + hanging.size };
      done = 0;
      failures = 0;
      return taken;
    },
    done: () => done,
  };
}
