import { expect } from "chai";
import { latenciesOf } from "../../lib/telemetry/latencies.js";
import { createTally } from "../../lib/telemetry/tally.js";

describe("the latencies of a process", () => {
  it("are counts of nothing at first", () => {
    const nothing = { count: 0, errors: 0 };
    expect(latenciesOf(createTally())).to.deep.equal({
      hookLatency: nothing,
      hookDuration: nothing,
      notificationDuration: nothing,
      gatewayDuration: nothing,
    });
  });

  it("take all kinds of a measure together, and say what went wrong of each", () => {
    const tally = createTally();
    const event = { event_type: "payment.captured" };
    tally.record("express_antom.hook.duration", 40, { ...event, outcome: "delivered" });
    tally.record("express_antom.hook.duration", 20, { event_type: "payment.failed", outcome: "failed" });
    tally.record("express_antom.hook.duration", 10, { event_type: "payment.failed", outcome: "dead" });
    tally.record("express_antom.hook.latency", 200_000_000, event);
    const notification = "express_antom.notification.duration";
    tally.record(notification, 8, { notification_type: "PAYMENT_RESULT", outcome: "acknowledged" });
    tally.record(notification, 9, { notification_type: "CAPTURE_RESULT", outcome: "acknowledged" });
    tally.record(notification, 0, { notification_type: "unread", outcome: "refused" });
    tally.record(notification, 9_000, { notification_type: "PAYMENT_RESULT", outcome: "failed" });
    tally.record("express_antom.gateway.duration", 120, { operation: "pay", outcome: "failed" });
    tally.record("express_antom.gateway.duration", 15_000, { operation: "refund", outcome: "unanswered" });
    expect(latenciesOf(tally)).to.deep.equal({
      hookLatency: { count: 1, errors: 1, median: 200_000_000, p95: 200_000_000, max: 200_000_000 },
      hookDuration: { count: 3, errors: 2, median: 25, p95: 40, max: 40 },
      notificationDuration: { count: 2, errors: 2, median: 7, p95: 9, max: 9 },
      gatewayDuration: { count: 2, errors: 1, median: 250, p95: 15_000, max: 15_000 },
    });
  });

  it("are whole milliseconds, and never below nothing where the clock was set back", () => {
    const tally = createTally();
    const call = { operation: "pay", outcome: "success" };
    tally.record("express_antom.gateway.duration", -3_000, call);
    expect(latenciesOf(tally).gatewayDuration).to.deep.equal({ count: 1, errors: 0, median: 0, p95: 0, max: 0 });
    for (const ms of [3.4, 4.7, 4.7]) tally.record("express_antom.gateway.duration", ms, call);
    expect(latenciesOf(tally).gatewayDuration).to.deep.equal({ count: 4, errors: 0, median: 2, p95: 5, max: 5 });
  });
});
