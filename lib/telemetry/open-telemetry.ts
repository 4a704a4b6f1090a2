import type * as OpenTelemetry from "@opentelemetry/api";
import type { Counter, Histogram, MeterProvider, Span } from "@opentelemetry/api";
import { codeOf, failureOf, MEASURES, SPANS, type Measure, type SpanKind, type Telemetry } from "../telemetry.js";

export type OpenTelemetryApi = typeof OpenTelemetry;

/** What the kit calls itself to OpenTelemetry: its instrumentation scope. */
const SCOPE = "express-antom";

/** In front of the names of attributes. */
const PREFIX = "express_antom.";

interface Instruments {
  readonly provider: MeterProvider;
  readonly counters: ReadonlyMap<string, Counter>;
  readonly histograms: ReadonlyMap<string, Histogram>;
}

type Values = Readonly<Record<string, string | number | undefined>>;

/**
 * Telemetry over `@opentelemetry/api`: it goes wherever the shop's SDK takes it, and nowhere without one. An SDK may be registered before
 * or after. What fails in it is left to fail there: a payment does not.
 */
export function createOpenTelemetry(api: OpenTelemetryApi): Telemetry {
  const { trace, metrics, context, ROOT_CONTEXT, SpanKind: Kind, SpanStatusCode, ProxyTracerProvider } = api;
  const tracer = quietly(() => trace.getTracer(SCOPE));

  let made: Instruments | undefined;
  const noMeter = quietly(() => api.createNoopMeter());
  /** Meters, unlike tracers, do not move on to an SDK that is registered after they were got. */
  const instruments = (): Instruments => {
    const provider = metrics.getMeterProvider();
    if (made?.provider === provider) return made;
    const meter = provider.getMeter(SCOPE);
    const counters = new Map<string, Counter>();
    const histograms = new Map<string, Histogram>();
    if (meter === noMeter) {
      made = { provider, counters, histograms };
      return made;
    }
    for (const [name, measure] of Object.entries<Measure>(MEASURES)) {
      const { description, buckets } = measure;
      if (buckets === undefined) counters.set(name, meter.createCounter(name, { description }));
      else {
        const advice = { explicitBucketBoundaries: [...buckets] };
        histograms.set(name, meter.createHistogram(name, { description, unit: "ms", advice }));
      }
    }
    made = { provider, counters, histograms };
    return made;
  };

  /** Whether a tracer has been registered. Without one, spans are spared rather than thrown away. */
  const isTraced = (): boolean => {
    const provider = trace.getTracerProvider();
    return !(provider instanceof ProxyTracerProvider) || provider.getDelegateTracer(SCOPE) !== undefined;
  };

  const fail = (span: Span, code: string, isFault: boolean): void => {
    span.setAttribute("error.type", code);
    if (isFault) span.setStatus({ code: SpanStatusCode.ERROR });
  };

  return {
    async span(name, attributes, work) {
      if (quietly(isTraced) !== true) return work(() => undefined);
      const { isCall, isRoot }: SpanKind = SPANS[name];
      const around = isRoot === true ? ROOT_CONTEXT : context.active();
      const kind = isCall === true ? Kind.CLIENT : Kind.INTERNAL;
      const span = quietly(() => tracer?.startSpan(name, { kind, attributes: prefixed(attributes) }, around));
      if (span === undefined) return work(() => undefined);
      try {
        return await context.with(trace.setSpan(around, span), () =>
          work(({ error, ...told }) => {
            quietly(() => {
              span.setAttributes(prefixed(told));
              if (error !== undefined) fail(span, error, true);
            });
          }),
        );
      } catch (error) {
        quietly(() => {
          fail(span, codeOf(error), failureOf(error) === "failed");
        });
        throw error;
      } finally {
        quietly(() => {
          span.end();
        });
      }
    },
    count(name, labels, by = 1) {
      quietly(() => {
        instruments().counters.get(name)?.add(by, prefixed(labels));
      });
    },
    record(name, ms, labels) {
      quietly(() => {
        instruments().histograms.get(name)?.record(ms, prefixed(labels));
      });
    },
  };
}

function prefixed(values: Values): Record<string, string | number> {
  const named: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values)) if (value !== undefined) named[PREFIX + name] = value;
  return named;
}

/** Of what goes wrong in the shop's SDK, its exporters and processors, nothing reaches a payment. */
function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
