import { judgementOf } from "../../payment/meaning/result-code.js";

/** How the payments that were opened on one day in one currency stand now. */
export interface DayFigures {
  readonly day: string;
  readonly currency: string;
  readonly opened: number;
  readonly authorized: number;
  readonly failed: number;
  readonly expired: number;
  readonly voided: number;
  /** Minor units. */
  readonly captured: string;
  /** Minor units. */
  readonly refunded: string;
  readonly declines: readonly { readonly code: string; readonly count: number }[];
}

/** What the overview is drawn from: the storage's figures. */
export interface Figures {
  readonly days: readonly DayFigures[];
  readonly held: readonly { readonly currency: string; readonly count: number; readonly sum: string }[];
  readonly waiting: { readonly waiting: number; readonly failing: number; readonly dead: number };
}

/** The counts of one day in all currencies. */
export interface DayCounts {
  readonly day: string;
  readonly opened: number;
  readonly authorized: number;
  readonly failed: number;
  /** Neither: given up by the buyer, voided, or still open. */
  readonly others: number;
  /** Of those that were decided on, the share that was authorized; undefined where none was. */
  readonly rate: number | undefined;
}

/** The days from `from` to before `to`, those without payments included. */
export function countsByDay(days: readonly DayFigures[], from: number, to: number): DayCounts[] {
  const counts: DayCounts[] = [];
  for (let at = from; at < to; at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    const lines = days.filter((line) => line.day === day);
    const total = (name: "opened" | "authorized" | "failed"): number =>
      lines.reduce((sum, line) => sum + line[name], 0);
    const [opened, authorized, failed] = [total("opened"), total("authorized"), total("failed")];
    counts.push({
      day,
      opened,
      authorized,
      failed,
      others: Math.max(0, opened - authorized - failed),
      rate: rateOf(authorized, failed),
    });
  }
  return counts;
}

export const rateOf = (authorized: number, failed: number): number | undefined =>
  authorized + failed === 0 ? undefined : authorized / (authorized + failed);

export const percent = (rate: number | undefined): string => (rate === undefined ? "" : `${(rate * 100).toFixed(1)} %`);

const REASONS: Readonly<Record<string, string>> = {
  "card-details": "Card details wrong",
  card: "Card cannot pay this",
  funds: "Not enough money",
  bank: "Bank said no",
  verification: "Verification missing or failed",
  risk: "Risk, or card reported",
  limit: "Over a limit",
  order: "Antom's order was over",
  shop: "Shop's settings or request",
  system: "Something out of order",
  unknown: "Code not documented",
};

/** Declines of all days by reason, the most frequent first, with the codes each is made of. */
export function declinesByReason(days: readonly DayFigures[]): { name: string; count: number; more: string }[] {
  const reasons = new Map<string, Map<string, number>>();
  for (const { code, count } of days.flatMap(({ declines }) => declines)) {
    const { reason } = judgementOf(code);
    const codes = reasons.get(reason) ?? new Map<string, number>();
    reasons.set(reason, codes.set(code, (codes.get(code) ?? 0) + count));
  }
  return [...reasons]
    .map(([reason, codes]) => ({
      name: REASONS[reason] ?? reason,
      count: [...codes.values()].reduce((sum, count) => sum + count, 0),
      more: [...codes]
        .sort(([, a], [, b]) => b - a)
        .slice(0, 8)
        .map(([code, count]) => `${code} ${count}`)
        .join(", "),
    }))
    .sort((a, b) => b.count - a.count);
}

/** Money by currency: captured and refunded of the days, held now. Minor units. */
export function moneyByCurrency({
  days,
  held,
}: Figures): { currency: string; captured: bigint; refunded: bigint; held: bigint; holds: number }[] {
  const currencies = [
    ...new Set([...days.map(({ currency }) => currency), ...held.map(({ currency }) => currency)]),
  ].sort();
  return currencies.map((currency) => {
    const lines = days.filter((line) => line.currency === currency);
    const standing = held.find((line) => line.currency === currency);
    return {
      currency,
      captured: lines.reduce((sum, { captured }) => sum + BigInt(captured), 0n),
      refunded: lines.reduce((sum, { refunded }) => sum + BigInt(refunded), 0n),
      held: BigInt(standing?.sum ?? "0"),
      holds: standing?.count ?? 0,
    };
  });
}
