import { isAtRest } from "../../../lib/payment/at-rest.js";
import type { Payment } from "../../../lib/payment/payment.js";
import type { Violation } from "../records.js";
import type { Evidence } from "./evidence.js";
import { aboutOf, isTakenIn } from "./effect.js";

/** Whether nothing is left to happen to it, but what the buyer's bank may think of. */
const comesToRest = (payment: Payment): boolean => isAtRest({ ...payment, disputes: [] });

/** Nothing waits for ever: no task is left, no operation is pending, Antom has been heard of everything; and the books are whole. */
export function checkRest({
  payments,
  journals,
  tasks,
  notifications,
  answered,
  atAntom,
  cards,
}: Evidence): Violation[] {
  const found: Violation[] = [];
  for (const { task, state, attempts, lastError } of tasks) {
    if (state === "done") continue;
    found.push({
      what: `the task ${task.id} is still ${state} after ${attempts} attempts`,
      payment: task.payment,
      seen: { task, lastError },
    });
  }
  for (const notification of notifications) {
    if (notification.state === "acknowledged") continue;
    found.push({ what: `a ${notification.notifyType} was never acknowledged`, seen: notification });
  }
  const known = new Map(payments.map((payment) => [payment.id, payment]));
  const byAntom = new Map(atAntom.map(({ paymentId, paymentRequestId }) => [paymentId, paymentRequestId]));
  for (const { body, isAcknowledged } of answered) {
    const about = aboutOf(body);
    const payment = known.get(about.id ?? byAntom.get(about.paymentId ?? "") ?? "");
    if (!isAcknowledged || (payment !== undefined && isTakenIn(payment, body))) continue;
    found.push({
      what: "what a notification said that was acknowledged is gone",
      payment: payment?.id ?? "",
      seen: { body, payment },
    });
  }
  for (const payment of payments) {
    const complain = (what: string, seen: unknown): void => {
      found.push({ what, order: payment.orderId, payment: payment.id, seen });
    };
    if (!comesToRest(payment)) complain(`it does not come to rest: it is ${payment.status}`, payment);
    const journal = journals.get(payment.id) ?? [];
    const versions = journal.map(({ version }) => version).join();
    const wanted = Array.from({ length: payment.version }, (_unused, index) => index + 1).join();
    if (versions !== wanted) complain(`the journal has the versions ${versions} of ${payment.version}`, journal);
    const told = journal.flatMap(({ events }) => events).length;
    if (told !== payment.eventCount) complain(`the journal has ${told} events of ${payment.eventCount}`, journal);
    if (journal.at(-1)?.status !== payment.status) complain(`the journal ends as ${journal.at(-1)?.status}`, journal);
    const stored = cards.filter(({ id }) => id === payment.storedCardId).length;
    if (payment.storedCardId !== undefined && stored !== 1) complain(`its card is stored ${stored} times`, cards);
  }
  return found;
}
