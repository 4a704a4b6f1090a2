import { expect } from "chai";
import type { HookView } from "../../../lib/pages/operations/hook-view.js";
import { timelineDrawing, NARROW, WIDE } from "../../../lib/pages/operations/timeline-drawing.js";
import { timelineSection } from "../../../lib/pages/operations/timeline-section.js";
import { timelineOf, type Timeline } from "../../../lib/pages/operations/timeline.js";
import type { JournalEntry } from "../../../lib/payment/journal.js";
import type { Fact, ObservationSource } from "../../../lib/payment/observation.js";
import { opening } from "../../../lib/payment/opening.js";
import type { Payment } from "../../../lib/payment/payment.js";
import { transition } from "../../../lib/payment/transition.js";
import { CLIENT_ID } from "../../support/keys.js";
import { HOSTILE, skeleton } from "../hostile.js";

const ID = "PAY0123456789ABCDEFGHJKMNPQRS";
const START = Date.UTC(2026, 0, 1, 12);
const HOUR = 3_600_000;

/** A payment that has lived through some facts, with its journal. */
function lived(...history: readonly (readonly [after: number, source: ObservationSource, ...facts: Fact[]])[]) {
  const begun = opening({
    id: ID,
    clientId: CLIENT_ID,
    orderId: "A-1",
    amount: { currency: "EUR", value: "3600" },
    captureMode: "MANUAL",
    method: "card",
    locale: "en",
    at: START,
    expiresAt: START + 14 * 60_000,
  });
  let payment: Payment = begun.payment;
  const journal: JournalEntry[] = [begun.entry];
  for (const [after, source, ...facts] of history) {
    const observation = { source, at: START + after, facts };
    const next = transition(payment, observation);
    if (next === undefined) continue;
    ({ payment } = next);
    const events = next.events.map(({ type }) => type);
    journal.push({
      payment: ID,
      version: payment.version,
      at: observation.at,
      observation,
      status: payment.status,
      events,
    });
  }
  return { payment, journal };
}

const authorized: Fact = { kind: "authorization", outcome: "succeeded", amount: { currency: "EUR", value: "3600" } };
const requested = (by?: string, reason?: string): Fact => ({
  kind: "requested",
  operation: {
    id: `${ID}C1`,
    kind: "capture",
    status: "pending",
    requestedAt: START + HOUR,
    amount: { currency: "EUR", value: "1200" },
    ...(by === undefined ? {} : { by }),
    ...(reason === undefined ? {} : { reason }),
  },
});
const captured: Fact = { kind: "capture", outcome: "succeeded", requestId: `${ID}C1` };
const hook = (more: Partial<HookView>): HookView => ({
  id: `${ID}.1`,
  type: "payment.authorized",
  payment: ID,
  at: START + 1000,
  state: "done",
  attempts: 1,
  ...more,
});
const titles = ({ past }: Timeline): string[] => past.map(({ title }) => title);

describe("the timeline of a payment", () => {
  it("tells who did what, in the order in which it happened", () => {
    const { payment, journal } = lived(
      [1000, "pay", authorized],
      [HOUR, "command", requested("anna")],
      [HOUR + 500, "capture", captured],
    );
    const timeline = timelineOf(payment, journal, [hook({})], START + 2 * HOUR);
    expect(titles(timeline)).to.deep.equal([
      "Checkout of EUR 36.00 opened",
      "Authorized of EUR 36.00",
      "payment.authorized: delivered",
      "anna asks for: capture of EUR 12.00",
      "Capture: done",
    ]);
    expect(timeline.past.map(({ status }) => status)).to.deep.equal([
      "created",
      "authorized",
      undefined,
      undefined,
      "captured",
    ]);
    expect(timeline.past.map(({ from, to, way }) => [from, to, way])).to.deep.equal([
      ["shop", "kit", undefined],
      ["kit", "antom", "both"],
      ["kit", "hooks", undefined],
      ["shop", "kit", undefined],
      ["kit", "antom", "both"],
    ]);
  });

  it("shows silence, hooks that fail, and what is to come", () => {
    const { payment, journal } = lived(
      [1000, "pay", authorized],
      [HOUR, "command", requested("anna")],
      [HOUR + 15_000, "capture", { kind: "unanswered", operation: "capture", reason: "no answer within 15000 ms" }],
    );
    const failing = hook({ state: "waiting", attempts: 2, nextAt: START + 3 * HOUR, lastError: "Error: away" });
    const { past, future } = timelineOf(payment, journal, [failing], START + 2 * HOUR);
    expect(past.at(-1)).to.deep.include({ way: "lost", look: "bad", detail: "no answer within 15000 ms" });
    expect(past.find(({ to }) => to === "hooks")).to.deep.include({ way: "waiting", look: "bad" });
    expect(past.find(({ to }) => to === "hooks")?.detail).to.contain(
      "2 tries; Error: away; next try 1 Jan 2026, 15:00:00",
    );
    expect(future.map(({ title }) => title)).to.deep.equal(["payment.authorized is tried again", "The hold ends"]);
  });

  it("shows when the rest of a hold ends that may be captured several times, and of no other that is captured", () => {
    const { payment, journal } = lived([1000, "pay", authorized]);
    const part: Payment = { ...payment, status: "captured", capturedAmount: "1" };
    const titles = (standing: Payment) => timelineOf(standing, journal, [], START).future.map(({ title }) => title);
    expect(titles(part)).to.deep.equal([]);
    expect(titles({ ...part, multipleCaptures: true })).to.deep.equal(["The hold ends"]);
  });

  it("says that the shop asks where its own code names nobody", () => {
    const { payment, journal } = lived([1000, "pay", authorized], [HOUR, "command", requested()]);
    const timeline = timelineOf(payment, journal, [], START + 2 * HOUR);
    expect(titles(timeline).at(-1)).to.equal("The shop asks for: capture of EUR 12.00");
  });

  it("shows what the kit decided by itself, of which no command tells", () => {
    const { payment, journal } = lived([1000, "pay", authorized]);
    const operation = { id: `${ID}V1`, kind: "void", status: "pending", requestedAt: START + HOUR } as const;
    const timeline = timelineOf({ ...payment, operations: [operation] }, journal, [], START + 2 * HOUR);
    expect(timeline.past.at(-1)).to.deep.include({ title: "The kit asks for: void", from: "kit" });
  });

  it("does not draw a message that disagrees as if it were good news", () => {
    const { payment, journal } = lived(
      [1000, "pay", authorized],
      [2000, "notification", { ...authorized, amount: { currency: "EUR", value: "9900" } }],
    );
    expect(payment.conflicts).to.have.length(1);
    expect(timelineOf(payment, journal, [], START + HOUR).past.at(-1)?.look).to.equal("bad");
  });

  it("is drawn for wide and narrow screens, and is a list with the same words", () => {
    const { payment, journal } = lived([1000, "pay", authorized], [HOUR, "command", requested("anna", "half is here")]);
    const timeline = timelineOf(payment, journal, [hook({})], START + 2 * HOUR);
    const section = timelineSection(timeline).toString();
    for (const { title } of timeline.past) {
      expect(section.split(`${title}</text`).length - 1, title).to.be.greaterThan(0);
      expect(section).to.match(new RegExp(`<li>[^]*${title.replaceAll(".", "\\.")}[^]*</li>`));
    }
    expect(section).to.contain("59 min 59 s</text").and.to.contain("half is here");
    for (const measures of [WIDE, NARROW]) {
      const drawing = timelineDrawing(timeline, measures, "name").toString();
      const xs = [...drawing.matchAll(/ x="([\d.]+)"/g)].map(([, x]) => Number(x));
      expect(Math.max(...xs)).to.be.lessThan(measures.width);
      expect(drawing).not.to.match(/NaN|undefined/);
    }
  });

  it("stays small however much has happened", () => {
    const { payment, journal } = lived([1000, "pay", authorized]);
    const many = Array.from({ length: 5000 }, (_, index) => hook({ id: `${ID}.${index}`, at: START + index * 1000 }));
    const section = timelineSection(timelineOf(payment, journal, many, START + 5 * HOUR)).toString();
    expect(section).to.contain("4802 of 5002 things in between are left out here");
    expect(section.length).to.be.lessThan(600_000);
  });

  it("draws nothing of what hostile texts would have it draw", () => {
    const page = (text: string): string => {
      const { payment, journal } = lived([1000, "pay", authorized], [HOUR, "command", requested(text, text)]);
      const broken = hook({ state: "dead", attempts: 13, lastError: text });
      return timelineSection(timelineOf(payment, journal, [broken], START + 2 * HOUR)).toString();
    };
    const tags = (text: string): Set<string> => new Set(skeleton(page(text)));
    const harmless = tags("harmless");
    for (const text of HOSTILE) for (const tag of tags(text)) expect(harmless.has(tag), tag).to.equal(true);
  });
});
