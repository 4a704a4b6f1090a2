import type { Latencies } from "../latency.js";
import type { Logger } from "../ports.js";
import { NO_TELEMETRY, type Telemetry } from "../telemetry.js";
import { createOpenTelemetry, type OpenTelemetryApi } from "./open-telemetry.js";
import { latenciesOf } from "./latencies.js";
import { createTally } from "./tally.js";
import { errorCode } from "../thrown.js";

const PACKAGE = "@opentelemetry/api";

export interface CreatedTelemetry {
  readonly telemetry: Telemetry;
  /** What it has counted so far, in Prometheus' text format. */
  readonly metrics: () => string;
  /** How long things took so far. */
  readonly latencies: () => Latencies;
}

/** Telemetry for one kit. Never throws. */
export function createTelemetry(logger: Logger): CreatedTelemetry {
  const tally = createTally();
  const read = { metrics: () => tally.text(), latencies: () => latenciesOf(tally) };
  const api = installed(logger);
  if (api === undefined) {
    return { telemetry: { ...NO_TELEMETRY, count: tally.count, record: tally.record }, ...read };
  }
  const open = createOpenTelemetry(api);
  const telemetry: Telemetry = {
    span: (name, attributes, work) => open.span(name, attributes, work),
    count(name, labels, by) {
      tally.count(name, labels, by);
      open.count(name, labels, by);
    },
    record(name, ms, labels) {
      tally.record(name, ms, labels);
      open.record(name, ms, labels);
    },
  };
  return { telemetry, ...read };
}

/** The shop's own, if it has one. One that is there and cannot be used is told of, and done without. */
function installed(logger: Logger): OpenTelemetryApi | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- optional: nothing is missing without it
    const api: unknown = require(PACKAGE);
    if (isApi(api)) return api;
    logger.warn({ event: "telemetry.unusable" }, `${PACKAGE} is installed, but is not what was expected`);
  } catch (error) {
    if (errorCode(error) !== "MODULE_NOT_FOUND") {
      logger.warn({ event: "telemetry.unusable", err: error }, `${PACKAGE} is installed, but does not load`);
    }
  }
  return undefined;
}

const isApi = (value: unknown): value is OpenTelemetryApi =>
  typeof value === "object" &&
  value !== null &&
  ["trace", "metrics", "context", "ROOT_CONTEXT", "SpanKind", "SpanStatusCode"].every((name) => name in value);
