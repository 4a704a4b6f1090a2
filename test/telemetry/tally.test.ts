import { expect } from "chai";
import { startOperations } from "../flows/operations-shop.js";
import { createTally } from "../../lib/telemetry/tally.js";
import { MEASURES } from "../../lib/telemetry.js";

const linesOf = (text: string, start: string): string[] => text.split("\n").filter((line) => line.startsWith(start));

describe("what a process has measured, as Prometheus reads it", () => {
  it("counts by labels", () => {
    const tally = createTally();
    tally.count("express_antom.payments", { status: "created" });
    tally.count("express_antom.payments", { status: "created" });
    tally.count("express_antom.payments", { status: "captured" }, 3);
    expect(linesOf(tally.text(), "express_antom_payments_total")).to.deep.equal([
      'express_antom_payments_total{status="created"} 2',
      'express_antom_payments_total{status="captured"} 3',
    ]);
    expect(tally.text()).to.include("# TYPE express_antom_payments_total counter\n");
  });

  it("has a value that lies on a bucket's bound in that bucket, and in all above it", () => {
    const tally = createTally();
    for (const ms of [0, 5, 6, 1_000, 99_999]) {
      tally.record("express_antom.gateway.duration", ms, { operation: "pay", outcome: "success" });
    }
    const name = "express_antom_gateway_duration_milliseconds";
    const labels = 'operation="pay",outcome="success"';
    const lines = linesOf(tally.text(), name);
    expect(lines).to.include.members([
      `${name}_bucket{${labels},le="5"} 2`,
      `${name}_bucket{${labels},le="10"} 3`,
      `${name}_bucket{${labels},le="500"} 3`,
      `${name}_bucket{${labels},le="1000"} 4`,
      `${name}_bucket{${labels},le="15000"} 4`,
      `${name}_bucket{${labels},le="+Inf"} 5`,
      `${name}_sum{${labels}} 101010`,
      `${name}_count{${labels}} 5`,
    ]);
    expect(lines).to.have.lengthOf(MEASURES["express_antom.gateway.duration"].buckets.length + 3);
  });

  it("is bounded: what comes after the first 300 series of a measure shares one", () => {
    const tally = createTally();
    for (let index = 0; index < 1_000; index++) tally.count("express_antom.payments", { status: `strange-${index}` });
    const lines = linesOf(tally.text(), "express_antom_payments_total");
    expect(lines).to.have.lengthOf(301);
    expect(lines.at(-1)).to.equal('express_antom_payments_total{status="other"} 700');
  });

  it("cannot be broken out of by a label", () => {
    const tally = createTally();
    tally.count("express_antom.payments", { status: 'a"} 1\n\\' });
    expect(tally.text()).to.include('express_antom_payments_total{status="a\\"} 1\\n\\\\"} 1\n');
  });

  it("is offered by the back office, beside the figures of today", async () => {
    const shop = await startOperations({ authorize: (req) => (req.path === "/metrics" ? "view" : false) });
    try {
      const express = (await import("express")).default;
      const app = express().use("/admin", shop.shop.antom.operations);
      const server = app.listen(0);
      try {
        const id = await shop.authorized();
        await shop.payments.capture(id);
        const address = server.address();
        const port = typeof address === "object" ? address?.port : undefined;
        const text = await (await fetch(`http://127.0.0.1:${port}/admin/metrics`)).text();
        expect(text).to.include('express_antom_payments_total{status="authorized"} 1\n');
        expect(text).to.match(/^express_antom_commands_total\{command="capture",outcome="(?:succeeded|pending)"\} 1$/m);
        expect(text).to.include("express_antom_today_payments{");
        // Prometheus refuses a page that has a name twice.
        const names = linesOf(text, "# TYPE ").map((line) => line.split(" ")[2]);
        expect(new Set(names).size).to.equal(names.length);
        const lines = text
          .trimEnd()
          .split("\n")
          .filter((line) => !line.startsWith("#"));
        for (const line of lines)
          expect(line).to.match(/^[a-z_]+(?:\{(?:[a-z_]+="(?:[^"\\\n]|\\.)*",?)+\})? [\d.e+-]+$/);
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    } finally {
      await shop.stop();
    }
  });
});
