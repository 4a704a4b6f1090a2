import { at, textAt, type Violation } from "../../crash/records.js";
import { checkout, paymentIn, payOnPage } from "../buyer.js";
import type { Fleet } from "../fleet.js";
import { reckon, toldOnce, type Outcome } from "../reckoning.js";

export interface CheckoutsPlan {
  readonly rounds: number;
  /** How many checkouts of one order there are at the same moment. */
  readonly width: number;
  /** At how many of the instances the checkouts of a round are, by turns. */
  readonly among: readonly [number, ...number[]];
  /** No round begins after this time, epoch milliseconds. */
  readonly until?: number;
  readonly onRound?: (round: number) => void;
}

/** In each round many check out one order at once, at several instances; the buyer pays, and it is one authorization. */
export async function checkouts(fleet: Fleet, plan: CheckoutsPlan): Promise<Outcome> {
  const { width, among, until = Infinity } = plan;
  const violations: Violation[] = [];
  const took: number[] = [];
  let rounds = 0;
  let answers = 0;
  while (rounds < plan.rounds && Date.now() < until && violations.length < 20) {
    rounds++;
    const order = `checkout-${rounds}`;
    // On Antom's page by turns, where the authorization comes later, and with the card in the checkout itself.
    const isByCard = rounds % 2 === 0;
    const ports = fleet.open().slice(0, among[Math.floor(rounds / 2) % among.length]);
    const port = (nth: number): number => ports[nth % ports.length]?.port ?? 0;
    const since = performance.now();
    const heard = await Promise.all(
      Array.from({ length: width }, (_unused, nth) => checkout(port(nth), { order, isByCard })),
    );
    took.push(performance.now() - since);
    answers += heard.filter((each) => each?.status === 200).length;
    const ids = new Set(heard.map((each) => paymentIn(each) ?? `${each?.status ?? "no answer"} ${each?.body ?? ""}`));
    if (ids.size !== 1) {
      violations.push({ what: `${width} checkouts at once were answered in ${ids.size} ways`, order, seen: [...ids] });
    }
    const sent = fleet.simulator
      .requests()
      .filter(({ operation, body }) => operation === "pay" && textAt(body, "order", "referenceOrderId") === order);
    if (sent.length !== 1) {
      const seen = sent.map(({ body }) => at(body, "paymentRequestId"));
      violations.push({ what: `Antom was asked ${sent.length} times to be paid`, order, seen });
    }
    const [first] = heard;
    if (!isByCard && first?.status === 200) await payOnPage(port(rounds), first);
    plan.onRound?.(rounds);
  }
  if (violations.length === 0) violations.push(...(await toldOnce(fleet)));
  violations.push(...(await reckon(fleet)));
  const { authorizations } = fleet.simulator.ledger();
  for (let round = 1; round <= rounds; round++) {
    const order = `checkout-${round}`;
    const count = authorizations.filter(({ referenceOrderId }) => referenceOrderId === order).length;
    if (count !== 1) violations.push({ what: `there are ${count} authorizations`, order });
  }
  return {
    violations,
    figures: {
      instances: fleet.instances.length,
      rounds,
      checkouts: rounds * width,
      "answered with 200": answers,
      authorizations: authorizations.length,
      "events told": fleet.receiver.calls.length,
      "median ms of a round": median(took),
    },
  };
}

const median = (numbers: readonly number[]): number =>
  Math.round([...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0);
