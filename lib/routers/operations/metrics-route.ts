import type { Router } from "express";
import { AntomError } from "../../errors.js";
import { fractionDigits } from "../../pages/amount-text.js";
import { ATTENTIONS } from "../../payment/attention.js";
import type { Overview } from "../../storage/storage.js";
import { dayAfter, dayOf } from "./day.js";
import type { OperationsRouterParts } from "./parts.js";
import { staffRoute, type StaffHandler } from "./staff-route.js";

/** How far payments that need a person are counted, for the sake of the storage. */
const COUNTED = 100;

/** How long the storage is waited for, in milliseconds: a scraper gives up after ten seconds, unless told. */
const PATIENCE = 3_000;

/**
 * `GET /metrics`: the figures of now and of today (UTC), in Prometheus' text format. What the process has measured is told also while the storage
 * is away, which it may well be about.
 */
export function metricsRoute(parts: OperationsRouterParts): Router {
  const { ready, storage, clock, logger, metrics } = parts;
  const stored = async (): Promise<string> => {
    await ready();
    const today = dayOf(clock.now());
    const [overview, ...counts] = await Promise.all([
      storage.overview({ from: today, to: dayAfter(today) }),
      ...ATTENTIONS.map(async (attention) => (await storage.list({ attention, limit: COUNTED })).items.length),
    ]);
    return metricsText(
      overview,
      ATTENTIONS.map((attention, index): Sample => [{ reason: attention }, counts[index] ?? 0]),
    );
  };
  const storedSoon = async (): Promise<string | undefined> => {
    let cancel = (): void => undefined;
    const late = new Promise<never>((_resolve, reject) => {
      cancel = clock.after(PATIENCE, () => {
        reject(new AntomError("storage_unavailable", `the storage did not answer within ${PATIENCE / 1000} seconds`));
      });
    });
    try {
      return await Promise.race([stored(), late]);
    } catch (error) {
      logger.warn({ event: "metrics.partial", err: error }, "the metrics were told without the storage's");
      return undefined;
    } finally {
      cancel();
    }
  };
  const get: StaffHandler = async (_req, res) => {
    const text = await storedSoon();
    const up = gauge("storage_up", "Whether the storage's figures could be read (1) or not (0).", [
      [{}, text === undefined ? 0 : 1],
    ]);
    res.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8").send(up + (text ?? "") + (metrics?.() ?? ""));
  };
  return staffRoute("/metrics", { GET: get }, { ...parts, ready: () => Promise.resolve() });
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

function metricsText({ days, held, waiting }: Overview, needs: readonly Sample[]): string {
  const outcomes = ["opened", "authorized", "failed", "expired", "voided"] as const;
  const declines = new Map<string, number>();
  for (const { code, count } of days.flatMap((day) => day.declines))
    declines.set(code, (declines.get(code) ?? 0) + count);
  return [
    gauge(
      "today_payments",
      "Payments opened today (UTC), by how they stand now.",
      days.flatMap((day) => outcomes.map((outcome): Sample => [{ currency: day.currency, outcome }, day[outcome]])),
    ),
    gauge(
      "today_declines",
      "Payments opened today (UTC) that were declined, by Antom's result code.",
      [...declines].map(([code, count]): Sample => [{ code }, count]),
    ),
    gauge(
      "today_captured",
      "Captured to now of the payments opened today (UTC), in major units.",
      days.map(({ currency, captured }): Sample => [{ currency }, major(captured, currency)]),
    ),
    gauge(
      "today_refunded",
      "Refunded to now of the payments opened today (UTC), in major units.",
      days.map(({ currency, refunded }): Sample => [{ currency }, major(refunded, currency)]),
    ),
    gauge(
      "held_payments",
      "Payments whose hold is not captured.",
      held.map(({ currency, count }): Sample => [{ currency }, count]),
    ),
    gauge(
      "held_amount",
      "What is held and not captured, in major units.",
      held.map(({ currency, sum }): Sample => [{ currency }, major(sum, currency)]),
    ),
    gauge("hooks", "Events to be delivered to the shop's hooks; those failing are waiting too.", [
      [{ state: "waiting" }, waiting.waiting],
      [{ state: "failing" }, waiting.failing],
      [{ state: "dead" }, waiting.dead],
    ]),
    gauge("attention_payments", `Payments that a person should look at, counted up to ${COUNTED}.`, needs),
  ].join("");
}

const gauge = (name: string, help: string, samples: readonly Sample[]): string =>
  `# HELP express_antom_${name} ${help}\n# TYPE express_antom_${name} gauge\n` +
  samples.map(([labels, value]) => `express_antom_${name}${labelsOf(labels)} ${value}\n`).join("");

const labelsOf = (labels: Readonly<Record<string, string>>): string => {
  const told = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n")}"`,
  );
  return told.length === 0 ? "" : `{${told.join(",")}}`;
};

/** Prometheus knows only floats; for sums to the cent there is the CSV. */
const major = (value: string, currency: string): number => Number(value) / 10 ** fractionDigits(currency);
