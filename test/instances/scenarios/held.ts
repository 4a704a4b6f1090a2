import type { Violation } from "../../crash/records.js";
import { checkout, paymentIn } from "../buyer.js";
import type { Fleet } from "../fleet.js";
import type { InstanceCall } from "../receiver.js";
import { until } from "../until.js";

/** Milliseconds by the machine's clock. */
const SOON = 5_000;
/** How often others may be quicker with all of it. */
const TRIES = 10;

/** What an instance has in hand. */
export interface InHand {
  /** Events whose hooks it has called, and that it has a lease of. */
  readonly calls: readonly InstanceCall[];
  /** The payments of it. */
  readonly payments: readonly string[];
}

/**
 * Lets payments be authorized at the first instance and has its hooks wait for their answers, so that it holds leases. Those events of which
 * another instance was quicker are none of it.
 */
export async function inHandOfFirst(fleet: Fleet, prefix: string, count: number): Promise<InHand> {
  const { receiver } = fleet;
  receiver.hold(0);
  const port = fleet.instances[0]?.port ?? 0;
  const payments: string[] = [];
  for (let tries = 0; receiver.held.length < count && tries < TRIES; tries++) {
    const orders = Array.from({ length: count }, (_unused, nth) => `${prefix}-${tries}-${nth}`);
    const heard = await Promise.all(orders.map((order) => checkout(port, { order, isByCard: true })));
    const ids = heard.flatMap((each) => paymentIn(each) ?? []);
    if (ids.length < count) throw new Error(`checkouts were answered with ${heard.map((each) => each?.body).join()}`);
    payments.push(...ids);
    await until(() => ids.every((id) => receiver.calls.some(({ payment }) => payment === id)), SOON);
  }
  if (receiver.held.length < count) throw new Error("the first instance gets no events to deliver");
  // One whose hook has waited for too long has called it again.
  const calls = new Map(receiver.held.map((call) => [call.eventId, call]));
  return { calls: [...calls.values()], payments };
}

/** The event, told by another instance and taken. */
export const takenOver = ({ receiver }: Fleet, { eventId }: Pick<InstanceCall, "eventId">): InstanceCall | undefined =>
  receiver.calls.find((call) => call.eventId === eventId && call.slot !== 0 && call.isTaken);

/** Whether a payment is through, as far as its hooks have heard. */
export const isThrough = ({ receiver }: Fleet, id: string): boolean =>
  receiver.calls.some(({ payment, type, isTaken }) => payment === id && type === "payment.captured" && isTaken);

/** How long, by the fleet's clock, after a moment of the machine's each of the events was told by another. */
export function takeovers(
  fleet: Fleet,
  { calls }: InHand,
  since?: number,
): { readonly waits: number[]; readonly lost: Violation[] } {
  const { speed } = fleet.clock.timeline;
  const waits: number[] = [];
  const lost: Violation[] = [];
  for (const call of calls) {
    const other = takenOver(fleet, call);
    if (other === undefined)
      lost.push({ what: `nobody has taken over the event ${call.eventId}`, payment: call.payment });
    else waits.push((other.at - (since ?? call.at)) * speed);
  }
  return { waits, lost };
}
