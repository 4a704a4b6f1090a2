import { expect } from "chai";
import { Bench } from "../../bench/run/bench.js";
import { compile } from "../../bench/run/compile.js";
import { chooseCores } from "../../bench/run/machine.js";
import { currentLine } from "../../bench/run/node-lines.js";
import { writeForged } from "../../bench/run/notifications.js";
import { race } from "../../bench/run/race.js";
import { checkKept } from "../../bench/figures/kept.js";
import { checkout } from "../../bench/figures/checkout.js";
import { figure, measuredOf, ratios, type Figure } from "../../bench/figures/figure.js";
import { growth } from "../../bench/figures/growth.js";
import { visits } from "../../bench/figures/visits.js";
import type { Misbehaved } from "../../bench/processes/messages.js";
import { writeCheckouts } from "../../bench/run/checkouts.js";
import { started } from "../../bench/run/contenders.js";
import { acknowledgedBy, sendTo } from "../../bench/run/sending.js";
import { waitUntil } from "../../bench/run/wait-until.js";

/** As little as gives figures at all: what they say is not looked at. More payments than the 64 tasks that are claimed at a time. */
const EFFORT = {
  rounds: 2,
  seconds: 0.1,
  warmUp: 0.1,
  staysWarm: 3,
  leadIn: 0.05,
  requests: 400,
  sizes: [70, 90],
  between: [80],
} as const;

describe("bench: a run", function () {
  this.timeout(90_000);
  let bench: Bench;

  before(() => {
    bench = new Bench({
      line: currentLine(),
      cores: chooseCores(),
      processes: compile(),
      isQuick: false,
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
    await checkKept([genuine], "authorized");
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
    const error = await checkKept([contender], "authorized").then(
      () => undefined,
      (thrown: unknown) => String(thrown),
    );
    expect(error).to.match(/forgetful acknowledged \d+ requests, and kept none payments as authorized/);
  });

  it("fails where fewer checkouts were kept than acknowledged, whatever was there before", async () => {
    const had = 30;
    const records = await writeCheckouts(bench.file("checkouts"), 200);
    const config = { database: await bench.seededPostgres("obvious", had) };
    const name = "by hand on PostgreSQL";
    const contenders = await started(bench, [
      { name, kind: "checkout-obvious-postgres", config, records, once: true, had },
    ]);
    await race(bench, contenders);
    await checkKept(contenders, "opened");
    const one = contenders.map((contender) => ({ ...contender, had: had + 1 }));
    const error = await checkKept(one, "opened").then(
      () => undefined,
      (thrown: unknown) => String(thrown),
    );
    expect(error).to.match(/by hand on PostgreSQL acknowledged \d+ requests, and kept \d+ payments as opened/);
  });

  it("has hooks fail and tries them again, has them hang and lets them go", async () => {
    const records = await bench.notifications();
    const database = await bench.seeded("kit", records.count, "requires_action");
    const shop = await bench.shop({ kind: "kit", database });
    const contender = { name: "the kit", shop, records, once: true };
    const send = (count: number) => sendTo(bench, contender, { connections: 8, seconds: 20, count });
    const until = (what: string, isSo: (counts: Misbehaved) => boolean) =>
      waitUntil(what, async () => isSo(await shop.misbehaved()));

    await shop.misbehave({ fail: 20 });
    await send(30);
    await until("20 payments' hooks have failed", ({ failed }) => failed === 20);
    await shop.begin();
    expect(await shop.retry(0, 0)).to.equal(20);
    await waitUntil("they have failed again", async () => (await shop.retry(60_000, 0)) === 20);
    expect((await shop.end()).badHooks).to.be.at.least(20);
    await shop.calm();
    expect((await shop.end()).hooks).to.be.at.least(20);

    await shop.misbehave({ hang: true });
    await send(40);
    await until("40 hooks hang", ({ hanging }) => hanging === 40);
    await shop.calm();
    expect(await shop.misbehaved()).to.deep.equal({ failed: 0, hanging: 0 });
    await checkKept([contender], "authorized");
    expect(acknowledgedBy(shop)).to.equal(70);
  });

  const whole = async (path: (of: Bench) => Promise<Figure[]>): Promise<readonly Figure[]> => {
    const figures = await path(bench);
    for (const { value, spread } of figures) expect(value).to.be.within(spread.lowest, spread.highest);
    return figures;
  };
  const namesOf = (figures: readonly Figure[]): string[] =>
    figures.map(({ name }) => name.replace(`, ${bench.line.name}`, ""));

  it("measures checkouts on both databases, each kept that was acknowledged", async () => {
    expect(namesOf(await whole(checkout))).to.deep.equal([
      "checkout on SQLite / stores nothing",
      "checkout on SQLite / by hand on SQLite",
      "checkout on PostgreSQL / stores nothing",
      "checkout on PostgreSQL / by hand on PostgreSQL",
    ]);
  });

  it("measures buyers' visits, each return that asked Antom kept", async () => {
    expect(namesOf(await whole(visits))).to.include("return, asking Antom / inquiry by hand on SQLite");
  });

  it("measures growth on both databases, and tells of the sizes between beside what it compares", async () => {
    const figures = await whole(growth);
    expect(namesOf(figures)).to.include.members([
      "time of status with 90 / 70 payments",
      "time of 64 tasks claimed and settled on PostgreSQL with 90 / 70",
    ]);
    expect(figures.map(({ measured }) => Object.keys(measured).length)).to.deep.equal(figures.map(() => 3));
  });
});
