import type { Latencies, LatencyFigures } from "../latency.js";
import { percentileOf } from "./percentile.js";
import type { Tally } from "./tally.js";

/** A short read-out of the histograms, for people. */
export function latenciesOf({ spread }: Pick<Tally, "spread">): Latencies {
  const tries = "express_antom.hook.duration";
  const notifications = "express_antom.notification.duration";
  const calls = "express_antom.gateway.duration";
  return {
    hookLatency: figuresOf(spread("express_antom.hook.latency"), spread(tries, ["dead"])),
    hookDuration: figuresOf(spread(tries), spread(tries, ["failed", "dead"])),
    // Anybody may send something that is refused at once: it would make the figures look better than they are.
    notificationDuration: figuresOf(
      spread(notifications, ["acknowledged"]),
      spread(notifications, ["refused", "failed"]),
    ),
    gatewayDuration: figuresOf(spread(calls), spread(calls, ["unanswered"])),
  };
}

function figuresOf(measured: ReturnType<Tally["spread"]>, wrong: { readonly count: number }): LatencyFigures {
  const { count, most } = measured;
  const [median, p95] = [percentileOf(50, measured), percentileOf(95, measured)];
  return {
    count,
    errors: wrong.count,
    ...(median === undefined || p95 === undefined
      ? {}
      : { median: Math.round(median), p95: Math.round(p95), max: Math.round(most) }),
  };
}
