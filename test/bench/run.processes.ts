import { expect } from "chai";
import { Bench } from "../../bench/run/bench.js";
import { compile } from "../../bench/run/compile.js";
import { chooseCores } from "../../bench/run/machine.js";
import { currentLine } from "../../bench/run/node-lines.js";
import { writeForged } from "../../bench/run/notifications.js";
import { race } from "../../bench/run/race.js";
import { checkKept } from "../../bench/figures/kept.js";
import { checkout } from "../../bench/figures/checkout.js";
import { figure, measuredOf, ratios } from "../../bench/figures/figure.js";

/** As little as gives figures at all: what they say is not looked at. */
const EFFORT = { rounds: 2, seconds: 0.1, warmUp: 0.1, leadIn: 0.05, requests: 400, sizes: [20, 40] } as const;

describe("bench: a run", function () {
  this.timeout(90_000);
  let bench: Bench;

  before(() => {
    bench = new Bench({
      line: currentLine(),
      cores: chooseCores(),
      processes: compile(),
      isQuick: true,
      effort: EFFORT,
    });
  });
  afterEach(() => bench.endPath());
  after(() => bench.end());

  it("sends genuine notifications to a kit that keeps each of them, and forged ones that it refuses", async () => {
    const records = await bench.notifications();
    const shop = await bench.shop({
      kind: "kit",
      database: await bench.seeded("kit", records.count, "requires_action"),
    });
    const genuine = { name: "genuine", shop, records, once: true };
    const forged = {
      name: "forged",
      shop,
      records: await writeForged(bench.file("forged"), 10, bench.identity),
      once: false,
      expect: 401,
    };
    const rounds = await race(bench, [genuine, forged]);
    await checkKept([genuine]);
    const counts = await shop.count();
    expect(counts?.opened).to.equal(records.count);

    const made = figure({
      name: "forged / genuine",
      node: "Node 20",
      goal: { atLeast: 0 },
      values: ratios(rounds, ["forged", "genuine"]),
      measured: measuredOf(rounds, ["forged", "genuine"]),
    });
    expect(made).to.include({ name: "forged / genuine, Node 20", goal: ">= 0", holds: true });
    expect(made.value).to.be.greaterThan(0);
    expect(made.measured["genuine"]?.rss).to.be.greaterThan(10_000_000);
    expect(made.measured["genuine"]?.rate.median).to.be.greaterThan(0);
  });

  it("fails where an answer is not the one it should be", async () => {
    const records = await writeForged(bench.file("forged"), 10, bench.identity);
    const shop = await bench.shop({ kind: "verified" });
    const error = await race(bench, [{ name: "forged", shop, records, once: false }]).then(
      () => undefined,
      (thrown: unknown) => String(thrown),
    );
    expect(error).to.include("status 401 instead of 200");
  });

  it("fails where something acknowledged was not kept", async () => {
    const records = await bench.notifications();
    const shop = await bench.shop({ kind: "verified" });
    const contender = { name: "forgetful", shop, records, once: true };
    await race(bench, [contender]);
    const error = await checkKept([contender]).then(
      () => undefined,
      (thrown: unknown) => String(thrown),
    );
    expect(error).to.match(/forgetful acknowledged \d+ notifications, and kept undefined/);
  });

  it("measures a path from beginning to end", async () => {
    const figures = await checkout(bench);
    expect(figures.map(({ name }) => name)).to.include(`checkout on SQLite / stores nothing, ${bench.line.name}`);
    for (const { value, spread } of figures) expect(value).to.be.within(spread.lowest, spread.highest);
  });
});
