import type { PaymentEvent } from "../payment/event.js";
import type { EventType } from "../payment/events.js";

/** What a hook gets beside the event. */
export interface HookContext {
  /** 1 the first time, then 2, 3, ...: the same event may come more than once. */
  readonly attempt: number;
  /** Aborted when the hook's time is up; hand it to whatever the hook waits for. */
  readonly signal: AbortSignal;
}

/**
 * A function of the shop's. Returning (or resolving) says that the event has been dealt with; throwing, rejecting or taking too long
 * makes it come again. Tell a repeat by `event.id`.
 */
export type Hook<T extends EventType = EventType> = (event: PaymentEvent<T>, context: HookContext) => unknown;

/** The shop's hooks, by event. Events without a hook are simply not told. */
export type Hooks = { readonly [T in EventType]?: Hook<T> };
