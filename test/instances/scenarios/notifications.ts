import type { Violation } from "../../crash/records.js";
import { checkout, payOnPage } from "../buyer.js";
import type { Fleet } from "../fleet.js";
import { reckon, toldOnce, type Outcome } from "../reckoning.js";

export interface NotificationsPlan {
  readonly payments: number;
  /** How often each instance gets each notification, all of them at the same moment. */
  readonly copies: number;
}

/** How many are on their way at once. */
const LANES = 4;

/** Every notification comes to all instances at once, more than once: each copy is acknowledged, and it has one effect. */
export async function notifications(fleet: Fleet, { payments, copies }: NotificationsPlan): Promise<Outcome> {
  const { front, simulator } = fleet;
  const violations: Violation[] = [];
  front.copies = copies;
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < payments) {
      const order = `notified-${++next}`;
      const port = fleet.choose()?.port ?? 0;
      const heard = await checkout(port, { order, isByCard: false });
      if (heard?.status === 200) await payOnPage(port, heard);
      else violations.push({ what: `a checkout was answered with ${heard?.status ?? "nothing"}`, order });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (violations.length === 0) violations.push(...(await toldOnce(fleet)));
  violations.push(...(await reckon(fleet)));
  const refused = front.answered.filter(({ isAcknowledged }) => !isAcknowledged);
  for (const { status, slot, text } of refused.slice(0, 5)) {
    violations.push({ what: `a copy of a notification was answered with ${status} by instance ${slot}: ${text}` });
  }
  const sent = simulator.notifications().length;
  const expected = sent * fleet.instances.length * copies;
  if (front.answered.length !== expected) {
    violations.push({ what: `${expected} copies were to be handed on, and ${front.answered.length} were` });
  }
  front.copies = 0;
  return {
    violations,
    figures: {
      instances: fleet.instances.length,
      notifications: sent,
      copies: front.answered.length,
      acknowledged: front.answered.length - refused.length,
      "events told": fleet.receiver.calls.length,
    },
  };
}
