import { context, metrics, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from "@opentelemetry/sdk-trace-base";

type Attributes = Readonly<Record<string, unknown>>;

/** One series of a measure: how often a histogram was recorded to, or how much was counted. */
export interface Point {
  readonly attributes: Attributes;
  readonly total: number;
  /** Of a histogram: all milliseconds together. */
  readonly sum?: number | undefined;
}

export interface Figure {
  readonly unit: string;
  readonly description: string;
  readonly points: readonly Point[];
}

/** OpenTelemetry's own SDK, which keeps in memory what it is given, registered as a shop registers its own. */
export interface Sdk {
  readonly spans: () => ReadableSpan[];
  /** The spans of a name, in the order in which they ended. */
  readonly named: (name: string) => ReadableSpan[];
  readonly figures: () => Promise<ReadonlyMap<string, Figure>>;
  /** Everything the exporters were given, as text. */
  readonly everything: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

export function registerSdk(): Sdk {
  const spanExporter = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spanExporter)] });
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 2 ** 30 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(tracerProvider);
  metrics.setGlobalMeterProvider(meterProvider);

  const figures = async (): Promise<ReadonlyMap<string, Figure>> => {
    metricExporter.reset();
    await reader.forceFlush();
    const measured = metricExporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    return new Map(
      measured.map((metric): [string, Figure] => {
        const points =
          metric.dataPointType === DataPointType.HISTOGRAM
            ? metric.dataPoints.map(({ attributes, value }) => ({ attributes, total: value.count, sum: value.sum }))
            : metric.dataPointType === DataPointType.SUM
              ? metric.dataPoints.map(({ attributes, value }) => ({ attributes, total: value }))
              : [];
        const { unit, description, name } = metric.descriptor;
        return [name, { unit, description, points }];
      }),
    );
  };
  const spans = (): ReadableSpan[] => spanExporter.getFinishedSpans();
  return {
    spans,
    named: (name) => spans().filter((span) => span.name === name),
    figures,
    async everything() {
      const told = spans().map(({ name, attributes, events, status, links }) => ({
        name,
        attributes,
        events,
        status,
        links,
      }));
      return JSON.stringify([told, [...(await figures())]]);
    },
    async stop() {
      trace.disable();
      metrics.disable();
      context.disable();
      await Promise.all([tracerProvider.shutdown(), meterProvider.shutdown()]);
    },
  };
}
