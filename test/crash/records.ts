/** What the run writes down about what it saw from outside: everything is compared with everything at the end. */

/** A request that the driver sent to a shop, and what it heard. */
export interface Exchange {
  /** Epoch milliseconds of the machine. */
  readonly at: number;
  readonly took: number;
  /** Which of the shops was asked. */
  readonly slot: number;
  readonly method: string;
  readonly path: string;
  readonly sent?: unknown;
  readonly key?: string;
  /** Absent where there was no whole answer. */
  readonly status?: number;
  readonly answer?: unknown;
}

/** A notification that the shops answered, in the order of the answers. */
export interface Answered {
  readonly at: number;
  readonly slot: number;
  readonly status: number;
  readonly isAcknowledged: boolean;
  readonly body: unknown;
}

/** A call of a hook, as the receiver wrote it down when it came. */
export interface HookCall {
  readonly at: number;
  readonly eventId: string;
  readonly type: string;
  readonly sequence: number;
  readonly payment: string;
  readonly attempt: number;
  /** The event, word for word. */
  readonly event: string;
  /** Whether the receiver's "taken" was sent; not whether it was heard. */
  isTaken: boolean;
  /** How many calls were written down when that was sent. */
  takenAfter?: number;
}

/** Something that must not be. */
export interface Violation {
  readonly what: string;
  readonly order?: string;
  readonly payment?: string;
  /** What was compared. */
  readonly seen?: unknown;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A member of something unknown, by its path; undefined where there is none. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);

export const textAt = (value: unknown, ...path: readonly string[]): string | undefined => {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
};
