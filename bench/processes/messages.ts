import type { Stage } from "../seed/template.js";
import type { Identity } from "../run/keys.js";
import type { Peer } from "../run/peer-requests.js";
import type { Records } from "../run/records.js";

/** Which server a shop process runs: the kit, or something to compare it with. */
export type ShopKind =
  | "kit"
  | "bare"
  | "verified"
  | "obvious"
  | "obvious-postgres"
  | "checkout-plain"
  | "checkout-obvious"
  | "checkout-obvious-postgres"
  | "return-plain"
  | "return-obvious"
  | Peer;

/** What a shop process is told at its start. */
export interface ShopConfig {
  readonly kind: ShopKind;
  readonly identity: Identity;
  /** Where Antom is, for those that call it. */
  readonly gateway: string;
  /** The SQLite file, or a PostgreSQL URL, for those that store. */
  readonly database?: string;
  /** Whether each request leaves a line in the log, which goes to /dev/null. */
  readonly logs?: boolean;
  /** Whether the kit's worker runs. True. */
  readonly worker?: boolean;
  /** Milliseconds a hook of the kit's may take; the kit's own default unless told. */
  readonly hookTimeout?: number;
}

/** What a shop process did between `begin` and `end`. */
export interface ShopReport {
  /** Bytes. */
  readonly rss: number;
  readonly heapUsed: number;
  /** Longest time the event loop stood still, and the time that 99 of a hundred turns stayed below: milliseconds. */
  readonly longestBlock: number;
  readonly blockP99: number;
  /** Seconds of a core's time that it took. */
  readonly cpuSeconds: number;
  /** Hooks that were called and done. */
  readonly hooks: number;
  /** Hooks that failed, and those that hang at the end. */
  readonly badHooks: number;
}

export type ShopRequest =
  | { readonly ask: "begin" }
  | { readonly ask: "end" }
  /** Has the kit's hooks misbehave from now on; without a word of how, they are quick again, those that hang included. */
  | ({ readonly ask: "misbehave" } & Misbehaviour)
  /** How many hooks have misbehaved since. */
  | { readonly ask: "misbehaved" }
  /** Has the hooks that failed tried again from that time on, evenly over so long: milliseconds from now. Answers how many there are. */
  | { readonly ask: "retry"; readonly from: number; readonly over: number }
  /** Waits until nothing that was acknowledged is left to be done: milliseconds. */
  | { readonly ask: "rest" }
  /** Waits until no event waits for a hook any more; those that failed before are tried again at once. */
  | { readonly ask: "calm" }
  /** How many payments it has written down. */
  | { readonly ask: "count" }
  /** How long the kit takes for one of these, done so many times: milliseconds each. */
  | { readonly ask: "time"; readonly what: TimedStep; readonly times: number }
  /** Starts the kit's worker and waits for so many hooks: how many it did a second. */
  | { readonly ask: "deliver"; readonly count: number };

/** How the kit's hooks misbehave: all of them hang, or the next so many payments' fail for good. */
export interface Misbehaviour {
  readonly hang?: boolean;
  readonly fail?: number;
}

export interface Misbehaved {
  /** Payments whose hook has failed. */
  readonly failed: number;
  /** Hooks that hang now. */
  readonly hanging: number;
}

/** A page of the newest payments; a page of one order's; 64 due tasks claimed and put off again. */
export type TimedStep = "list" | "order" | "claim";

/** One round of load. */
export interface LoadRequest {
  readonly port: number;
  readonly records: Records;
  /** The first record to send, and how many there are to send at most. */
  readonly from: number;
  readonly count: number;
  /** Begins again at `from` once all are sent. */
  readonly again: boolean;
  readonly connections: number;
  readonly seconds: number;
  /** The status each answer must have. */
  readonly expect: number;
}

export interface LoadReport {
  /** Answers that came within the time, and how long that was, in seconds. */
  readonly answers: number;
  readonly seconds: number;
  /** How many records were sent. */
  readonly sent: number;
  /** Latencies in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  /** Share of one core's time the generator itself took, from 0. */
  readonly cpu: number;
}

export interface SeedRequest {
  readonly kind: "kit" | "obvious";
  /** The SQLite file to make, or the URL of an empty PostgreSQL database. */
  readonly database: string;
  readonly count: number;
  readonly stage: Stage;
}

/** Locks a SQLite file again and again; or, without a file, stops it. */
export interface LockRequest {
  readonly file?: string;
}
