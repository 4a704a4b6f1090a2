import { expect } from "chai";
import { AntomError } from "../../../lib/index.js";
import { memoryStorage } from "../../../lib/storage/memory.js";
import type { Overview } from "../../../lib/storage/storage.js";
import { manualClock } from "../../../lib/testing.js";
import { gate } from "../../storage/postgres/gate.js";
import { cardNumber, GOOD_CARD } from "../../support/simulated-shop.js";
import { startBackOffice, type BackOffice } from "./back-office.js";

describe("the overview", () => {
  let office: BackOffice;

  before(async () => {
    office = await startBackOffice({ hasClock: true, worker: false });
    const declined = { card: { ...GOOD_CARD, cardNo: cardNumber("declined-user-balance-not-enough") } };
    const first = await office.pay();
    await office.antom.payments.capture(first.id, {});
    await office.pay();
    await office.pay({}, declined);
    await office.clock?.advance(24 * 60 * 60_000);
    await office.pay({ amount: { currency: "KRW", value: "5000" } });
  });
  after(() => office.stop());

  it("draws the days, and tells the same in figures", async () => {
    const page = await (await office.page("/overview")).text();
    expect(page).to.contain("Authorization rate by day").and.to.contain("<title>2026-01-01: 66.7 %</title>");
    expect(page).to.contain("<title>2026-01-02: 100 %</title>");
    expect(page).to.contain("Not enough money").and.to.contain("USER_BALANCE_NOT_ENOUGH 1");
    expect(page).to.contain("EUR 19.99").and.to.contain("KRW 5,000");
    expect(page).to.match(/<b>75\.0 %<\/b> of those decided/);
  });

  it("gives the same as JSON and as CSV", async () => {
    const answer = (await (await office.ask("/overview?from=2026-01-01&through=2026-01-02")).json()) as {
      from: string;
      to: string;
      days: { day: string; authorized: number }[];
      held: { currency: string }[];
      waiting: object;
    };
    expect([answer.from, answer.to]).to.deep.equal(["2026-01-01T00:00:00.000Z", "2026-01-03T00:00:00.000Z"]);
    expect(answer.days.map(({ day, authorized }) => [day, authorized])).to.deep.equal([
      ["2026-01-01", 2],
      ["2026-01-02", 1],
    ]);
    const csv = await (await office.ask("/overview.csv?from=2026-01-01&through=2026-01-01")).text();
    expect(csv).to.equal(
      "day,currency,opened,authorized,failed,expired,voided,authorization_rate,captured,refunded\r\n" +
        "2026-01-01,EUR,3,2,1,0,0,0.6667,19.99,0.00\r\n",
    );
  });

  it("says how long hooks, notifications and calls took since the process started, whichever days are asked for", async () => {
    let isAway = true;
    const shop = await startBackOffice({
      hasClock: true,
      worker: false,
      hooks: {
        "payment.authorized": () => {
          if (isAway) throw new Error("the warehouse is away");
        },
      },
    });
    const latency = async (): Promise<Record<string, Record<string, number>>> => {
      const answer = await shop.ask("/overview?from=2025-12-01&through=2025-12-02", { staff: "lena" });
      return ((await answer.json()) as { latency: Record<string, Record<string, number>> }).latency;
    };
    try {
      expect(await latency()).to.deep.equal({
        since: "2026-01-01T00:00:00.000Z",
        hookLatency: { count: 0, errors: 0 },
        hookDuration: { count: 0, errors: 0 },
        notificationDuration: { count: 0, errors: 0 },
        gatewayDuration: { count: 0, errors: 0 },
      });
      expect(await (await shop.page("/overview")).text()).to.contain("Nothing to show yet");
      await shop.pay();
      await shop.antom.runDue();
      isAway = false;
      await shop.clock?.advance(90 * 60_000);
      await shop.antom.runDue();
      const { since, hookLatency, hookDuration, gatewayDuration } = await latency();
      expect(since).to.equal("2026-01-01T00:00:00.000Z");
      const took = 90 * 60_000;
      expect(hookLatency).to.deep.equal({ count: 1, errors: 0, median: took, p95: took, max: took });
      expect(hookDuration).to.deep.equal({ count: 2, errors: 1, median: 0, p95: 0, max: 0 });
      expect(gatewayDuration?.["count"]).to.be.greaterThan(0);
      const page = await (await shop.page("/overview")).text();
      expect(page).to.contain("Hook, event to delivered: 95 of 100 within 1 h 30 min").and.to.contain("1 failed");
    } finally {
      await shop.stop();
    }
  });

  it("says which days can be shown", async () => {
    for (const [query, words] of [
      ["from=2026-01-03&through=2026-01-02", "The first day must not be after the last."],
      ["from=2025-01-01&through=2026-01-02", "Ask for 100 days at most."],
      ["from=yesterday", "Write a day such as 2026-01-31."],
      ["from=2025-02-29", "Write a day such as 2026-01-31."],
      ["through=2026-02-31", "Write a day such as 2026-01-31."],
    ] as const) {
      const page = await office.page(`/overview?${query}`);
      expect([page.status, (await page.text()).includes(words)], query).to.deep.equal([400, true]);
      expect((await office.ask(`/overview?${query}`)).status, query).to.equal(400);
      expect((await office.ask(`/overview.csv?${query}`)).status, query).to.equal(400);
    }
  });

  it("tells Prometheus how it stands now and today", async () => {
    const response = await office.ask("/metrics", { staff: "lena", headers: { accept: "text/plain" } });
    expect(response.headers.get("content-type")).to.match(/^text\/plain;.*version=0\.0\.4/);
    const lines = (await response.text()).trimEnd().split("\n");
    expect(lines).to.include('express_antom_today_payments{currency="KRW",outcome="authorized"} 1');
    expect(lines).to.include('express_antom_held_amount{currency="KRW"} 5000');
    expect(lines).to.include('express_antom_held_amount{currency="EUR"} 19.99');
    expect(lines).to.include('express_antom_hooks{state="dead"} 0');
    expect(lines).to.include('express_antom_attention_payments{reason="conflict"} 0');
    for (const line of lines) {
      expect(line).to.match(
        /^(?:# (?:HELP|TYPE) express_antom_\w+ .+|express_antom_(?:storage_up|\w+\{(?:\w+="[^"]*",?)+\}) \d+(?:\.\d+)?)$/,
      );
    }
  });

  it("tells Prometheus what the process has measured also while the storage is away, or silent", async () => {
    const storage = memoryStorage();
    const overview = storage.overview.bind(storage);
    const clock = manualClock();
    const lines: object[] = [];
    const nothing = (): void => undefined;
    const logger = { debug: nothing, info: nothing, error: nothing, warn: (fields: object) => lines.push(fields) };
    const shop = await startBackOffice({ storage, clock, logger, worker: false });
    const scraped = async (): Promise<string[]> => (await (await shop.ask("/metrics")).text()).trimEnd().split("\n");
    await shop.pay();
    const whole = await scraped();
    expect(whole).to.include("express_antom_storage_up 1");
    const away = new AntomError("storage_unavailable", "the server is away");
    const asked = gate();
    const troubles: readonly (() => Promise<Overview>)[] = [
      () => Promise.reject(away),
      () => {
        asked.open();
        return new Promise(nothing);
      },
    ];
    for (const trouble of troubles) {
      storage.overview = trouble;
      const scraping = scraped();
      if (trouble !== troubles[0]) await asked.passed.then(() => clock.advance(3_000));
      const partial = await scraping;
      expect(partial).to.include("express_antom_storage_up 0");
      expect(partial).to.include('express_antom_payments_total{status="authorized"} 1');
      expect(partial.join("\n")).not.to.match(/express_antom_(?:today|held|hooks|attention)_/);
      expect(lines.at(-1)).to.deep.include({ event: "metrics.partial" });
    }
    expect(lines).to.have.lengthOf(troubles.length);
    storage.overview = overview;
    expect(await scraped()).to.deep.equal(whole);
    await shop.stop();
  });

  it("tells Prometheus what the process has measured where the storage was never ready", async () => {
    const storage = memoryStorage();
    const shop = await startBackOffice({ storage });
    await shop.antom.stop();
    const answer = await shop.ask("/metrics");
    expect(answer.status).to.equal(200);
    expect(await answer.text())
      .to.include("express_antom_storage_up 0\n")
      .and.to.include("# TYPE express_antom_commands");
    await shop.stop();
  });
});
