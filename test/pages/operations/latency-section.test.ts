import { expect } from "chai";
import type { Latencies } from "../../../lib/latency.js";
import { latencySection } from "../../../lib/pages/operations/latency-section.js";
import { durationText } from "../../../lib/pages/operations/latency-text.js";

const NOTHING = { count: 0, errors: 0 };
const since = Date.UTC(2026, 0, 1, 8, 30);
const draw = (latencies: Partial<Latencies>): string =>
  latencySection({
    since,
    latencies: {
      hookLatency: NOTHING,
      hookDuration: NOTHING,
      notificationDuration: NOTHING,
      gatewayDuration: NOTHING,
      ...latencies,
    },
  }).toString();

const [DAY, HOUR] = [86_400_000, 3_600_000];

/** What a bar of the wide picture is long, by its title. */
const barsIn = (page: string): Map<string, number> =>
  new Map(
    [
      ...(page.split("</svg>").find((part) => part.includes('class="wide"')) ?? "").matchAll(
        /<rect[^>]*width="(\d+)"[^>]*><title>([^<]*)/g,
      ),
    ].map(([, width, title = ""]) => [title, Number(width)]),
  );

describe("the overview's latencies", () => {
  it("say kindly that there is nothing yet, and draw nothing", () => {
    const page = draw({});
    expect(page).to.contain("Nothing to show yet").and.to.contain('<time datetime="2026-01-01T08:30:00.000Z">');
    expect(page).to.not.match(/<svg|<table|NaN|undefined/);
  });

  it("draw a bar for each measure there is, on one scale from milliseconds to days", () => {
    const page = draw({
      hookLatency: { count: 9, errors: 1, median: HOUR, p95: DAY, max: DAY + 1 },
      gatewayDuration: { count: 40, errors: 0, median: 100, p95: 1_000, max: 2_000 },
    });
    const bars = barsIn(page);
    expect([...bars.keys()]).to.deep.equal([
      "Hook, event to delivered: 95 of 100 within 1 d",
      "Hook, event to delivered: median 1 h",
      "Call to Antom: 95 of 100 within 1 s",
      "Call to Antom: median 100 ms",
    ]);
    const lengths = [...bars.values()];
    expect(lengths.toSorted((a, b) => b - a)).to.deep.equal(lengths);
    expect(lengths[0]).to.be.within(1070, 1080);
    expect(page).to.match(/role="img"\s+aria-label="[^"]*the figures are in the table below"/);
    expect(page)
      .to.contain("1 given up")
      .and.to.not.match(/NaN|undefined|Infinity/);
  });

  it("tell of what only went wrong, and of times beyond the scale", () => {
    const page = draw({ hookLatency: { count: 0, errors: 3 } });
    expect(page).to.contain("3 given up").and.to.not.contain("<svg");
    const long = draw({ hookLatency: { count: 1, errors: 0, median: 0, p95: 90 * DAY, max: 90 * DAY } });
    expect([...barsIn(long).values()]).to.deep.equal([1079, 3]);
    expect(long).to.contain("under 1 ms").and.to.contain("90 d");
  });

  it("write times in the unit that suits them", () => {
    const texts = [0, 1, 999, 1_000, 1_449, 59_999, 60_000, 3 * HOUR + 12 * 60_000].map(durationText);
    expect(texts).to.deep.equal(["under 1 ms", "1 ms", "999 ms", "1 s", "1.4 s", "59.9 s", "1 min", "3 h 12 min"]);
  });
});
