import { expect } from "chai";
import { MEASURES, SPANS, type Measure } from "../../lib/telemetry.js";
import { page, rowsIn, section } from "../docs/pages.js";
import { loggedEvents, namedEvents } from "./log-events.js";

/** What stands in backquotes. */
const codes = (cell = ""): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

describe("docs/observability.md", () => {
  const observability = page("docs/observability.md");

  it("has a row for each span, with its attributes, and none for another", () => {
    const [, ...rows] = rowsIn(section(observability, "Spans"));
    const told = rows.map(([name, , , attributes]) => [codes(name)[0], codes(attributes)]);
    expect(told).to.deep.equal(Object.entries(SPANS).map(([name, { attributes }]) => [name, [...attributes]]));
  });

  it("has a row for each metric, with its kind, attributes and description, and none for another", () => {
    const rows = rowsIn(section(observability, "Metrics")).filter(([name = ""]) => name.startsWith("`express_antom."));
    const told = rows.map(([name, kind, attributes, what]) => [codes(name)[0], kind, codes(attributes), what]);
    expect(told).to.deep.equal(
      Object.entries<Measure>(MEASURES).map(([name, { buckets, labels, description }]) => [
        name,
        buckets === undefined ? "counter" : "histogram, ms",
        [...labels],
        description,
      ]),
    );
  });
});

describe("docs/logs.md", () => {
  const rows = rowsIn(page("docs/logs.md").prose).filter(([event]) => codes(event).length === 1);
  const told = new Map(
    rows.map(([event, levels = "", fields, what = ""]) => [
      codes(event)[0] ?? "",
      { levels: levels.split(", "), fields: codes(fields), what },
    ]),
  );
  const logged = loggedEvents();

  it("has a row for each event the kit logs, and none that is gone", () => {
    expect(logged.size).to.be.greaterThan(20);
    expect([...told.keys()]).to.have.members(namedEvents());
    expect(rows).to.have.lengthOf(told.size);
    // Each name in the sources was found to be logged, so that the tests below see all of them.
    expect([...logged.keys()]).to.have.members(namedEvents());
  });

  it("prints each event's levels", () => {
    for (const [event, { levels }] of logged) expect(told.get(event)?.levels, event).to.have.members([...levels]);
  });

  it("prints the fields of each event, and says what to make of it", () => {
    for (const [event, { fields }] of logged) {
      expect(told.get(event)?.fields, event).to.include.members([...fields]);
      expect(told.get(event)?.what, event).to.match(/\.$/);
    }
  });
});
