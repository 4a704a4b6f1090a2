import type { PaymentEvent } from "../payment/event.js";
import type { EventType } from "../payment/events.js";

/** What a hook gets beside the event. */
export interface HookContext {
  /** 1 the first time, then 2, 3, ...: the same event may come more than once. */
  readonly attempt: number;
  /** Aborted when the hook's time is up; hand it to whatever the hook waits for. */
  readonly signal: AbortSignal;
  /**
   * Does the shop's own writes in the database transaction in which the event is marked as delivered: both come about or neither, so that
   * they happen exactly once however often the hook is called. Needs a storage that can (`settleWithin`), and is for once in a call of
   * the hook. Once it has resolved the event does not come again, whatever the hook does afterwards.
   *
   * @param work Is handed the database's own connection, inside the transaction; what it rejects with undoes it all. It must be done within
   * the hook's time: work that ends later is undone.
   * @throws AntomError `transaction_unavailable` where there can be none; `lease_lost` where another process has taken the event over;
   * `storage_unavailable` where it cannot begin just now: let that pass, and the event comes again in a moment without losing a try
   */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- so that a shop may annotate `work`
  readonly transaction: <Client = TransactionClient, T = void>(work: (client: Client) => Promise<T>) => Promise<T>;
}

/** What every PostgreSQL client has. Annotate the parameter of `work` for the whole of the client's own type. */
export interface TransactionClient {
  query(
    text: string,
    values?: unknown[],
  ): Promise<{ readonly rows: readonly Record<string, unknown>[]; readonly rowCount: number | null }>;
}

/**
 * A function of the shop's. Returning (or resolving) says that the event has been dealt with; throwing, rejecting or taking too long
 * makes it come again. Tell a repeat by `event.id`, or use `context.transaction`.
 */
export type Hook<T extends EventType = EventType> = (event: PaymentEvent<T>, context: HookContext) => unknown;

/** The shop's hooks, by event. Events without a hook are simply not told. */
export type Hooks = { readonly [T in EventType]?: Hook<T> };

/** The hook for an event of that type, if the shop has one. */
export const hookFor = (hooks: Hooks, type: EventType): Hook | undefined =>
  Object.hasOwn(hooks, type) ? (hooks[type] as Hook | undefined) : undefined;
