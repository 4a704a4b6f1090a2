import { isAntomError } from "./errors.js";

/** What is told of a span: by its names alone, so that nothing else can get into a trace. */
type Told<Names extends string> = Readonly<Partial<Record<Names, string | number | undefined>>>;

export interface SpanKind {
  readonly attributes: readonly string[];
  /** A call to another's service. */
  readonly isCall?: true;
  /** It begins a trace of its own: the worker is woken by whatever request comes along, and works for none of them. */
  readonly isRoot?: true;
}

/**
 * Every span, and the attributes it may have. The payment's and the order's id are for finding a trace; there is never card data, a token,
 * an amount or anything of the buyer's. docs/observability.md has a row for each.
 */
export const SPANS = {
  "express-antom.checkout": { attributes: ["order_id", "payment_id", "method", "status"] },
  "express-antom.notify": { attributes: ["notification_type", "payment_id", "outcome"] },
  "express-antom.gateway": { attributes: ["operation", "payment_id", "outcome", "result_code"], isCall: true },
  "express-antom.hook": { attributes: ["event_type", "payment_id", "attempt", "outcome"] },
  "express-antom.task": { attributes: ["task", "payment_id", "attempt"], isRoot: true },
  "express-antom.command": { attributes: ["command", "payment_id", "outcome"] },
} as const satisfies Record<string, SpanKind>;

export type SpanName = keyof typeof SPANS;
export type SpanAttributes<Name extends SpanName> = Told<(typeof SPANS)[Name]["attributes"][number]>;

/** For calls and notifications, in milliseconds. */
const SOON = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 15_000] as const;

/** For hooks, which may be tried again for days, in milliseconds. */
const IN_TIME = [10, 50, 100, 500, 1_000, 5_000, 30_000, 300_000, 3_600_000, 21_600_000, 86_400_000] as const;

export interface Measure {
  readonly description: string;
  /** Of closed sets of values only, so that the number of series is bounded. Never an id or an amount. */
  readonly labels: readonly string[];
  /** Of a histogram of milliseconds: the upper bounds. */
  readonly buckets?: readonly number[];
}

/** Everything that is measured. docs/observability.md has a row for each. */
export const MEASURES = {
  "express_antom.gateway.duration": {
    description: "How long calls to Antom took.",
    labels: ["operation", "outcome"],
    buckets: SOON,
  },
  "express_antom.notification.duration": {
    description: "How long notifications took from being received to being answered.",
    labels: ["notification_type", "outcome"],
    buckets: SOON,
  },
  "express_antom.hook.duration": {
    description: "How long the shop's hooks took, each try by itself.",
    labels: ["event_type", "outcome"],
    buckets: SOON,
  },
  "express_antom.hook.latency": {
    description: "How long it took from what caused an event to its delivery, tries that failed included.",
    labels: ["event_type"],
    buckets: IN_TIME,
  },
  "express_antom.payments": { description: "Payments that reached a status.", labels: ["status"] },
  "express_antom.commands": { description: "Commands, by how they were answered.", labels: ["command", "outcome"] },
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof MEASURES;
export type Labels<Name extends MeasureName> = Readonly<Record<(typeof MEASURES)[Name]["labels"][number], string>>;

type NameOf<Kind extends "counter" | "histogram"> = {
  [Name in MeasureName]: (typeof MEASURES)[Name] extends { readonly buckets: unknown }
    ? Kind extends "histogram"
      ? Name
      : never
    : Kind extends "counter"
      ? Name
      : never;
}[MeasureName];
export type CounterName = NameOf<"counter">;
export type HistogramName = NameOf<"histogram">;

/** Adds to the span what became known on the way. `error` marks it as failed and is the cause's code, never its message. */
export type Note<Name extends SpanName> = (told: SpanAttributes<Name> & { readonly error?: string }) => void;

/** Where the kit's spans and figures go. Nothing of it ever fails, and nobody waits for it. */
export interface Telemetry {
  /**
   * Runs the work in a span; spans begun within it are its children. What the work throws is thrown on; the span keeps its code only, and
   * counts as failed where the fault is not the caller's.
   */
  span<Name extends SpanName, T>(
    name: Name,
    attributes: SpanAttributes<Name>,
    work: (note: Note<Name>) => Promise<T>,
  ): Promise<T>;
  count<Name extends CounterName>(name: Name, labels: Labels<Name>, by?: number): void;
  /** @param ms milliseconds */
  record<Name extends HistogramName>(name: Name, ms: number, labels: Labels<Name>): void;
}

/** For a part of the kit that is used by itself. */
export const NO_TELEMETRY: Telemetry = {
  span: (_name, _attributes, work) => work(() => undefined),
  count: () => undefined,
  record: () => undefined,
};

/** The code of something thrown; whatever is not the kit's own error is "internal". */
export const codeOf = (error: unknown): string => (isAntomError(error) ? error.code : "internal");

/** Whose fault something thrown is: "refused" what was asked for, or "failed" to do it. */
export const failureOf = (error: unknown): "refused" | "failed" =>
  isAntomError(error) && error.status < 500 ? "refused" : "failed";
