import type { Alarms } from "../alarms.js";
import { captureNotification, paymentNotification, refundNotification } from "../notify/bodies.js";
import type { Simulation } from "../simulation.js";
import { abandonedInfo } from "./authenticate.js";
import type { Change } from "../state/change.js";
import type { Payment, Refund } from "../state/payment.js";

/** What becomes of a payment by the mere passing of time: it expires, is captured, its refunds are settled. */
export class Timeline {
  constructor(
    private readonly simulation: Omit<Simulation, "timeline" | "stop">,
    private readonly alarms: Alarms,
  ) {}

  /** Sets the alarm for the next thing that is due. */
  watch(payment: Payment): void {
    const at = dueAt(payment);
    const { paymentId } = payment;
    if (at === undefined) this.alarms.clear(paymentId);
    else this.alarms.set(paymentId, at, () => this.catchUp(paymentId));
  }

  /** Calls off every alarm. */
  close(): void {
    this.alarms.clearAll();
  }

  /** The payment as it stands now, after everything that is due, also when its alarm is late. */
  current(payment: Payment | undefined): Payment | undefined {
    return payment && this.catchUp(payment.paymentId);
  }

  private catchUp(paymentId: string): Payment | undefined {
    const { book, clock } = this.simulation;
    for (;;) {
      const payment = book.payment(paymentId);
      if (payment === undefined) return undefined;
      const at = dueAt(payment);
      if (at === undefined || at > clock.now()) return payment;
      book.commit(this.next(payment));
    }
  }

  private next(payment: Payment): Change {
    if (payment.status === "PROCESSING") return this.expire(payment);
    if (awaitsCapture(payment)) return this.capture(payment);
    return this.settleRefund(payment);
  }

  private expire(payment: Payment): Change {
    const { notifier, settings } = this.simulation;
    const resultInfo = abandonedInfo(this.simulation, payment);
    const closed: Payment = { ...payment, status: "FAIL", code: "ORDER_IS_CLOSED", ...(resultInfo && { resultInfo }) };
    return {
      payment: closed,
      notifications: [notifier.compose(payment.paymentId, payment.notifyUrl, paymentNotification(closed, settings))],
    };
  }

  private capture(payment: Payment): Change {
    const { clock, identifiers, notifier } = this.simulation;
    const capture = {
      captureId: identifiers.next("capture"),
      captureRequestId: identifiers.next("capture"),
      amount: payment.amount,
      automatic: true,
      at: clock.now(),
    };
    return {
      payment: { ...payment, captures: [capture] },
      notifications: [notifier.compose(payment.paymentId, payment.notifyUrl, captureNotification(payment, capture))],
    };
  }

  private settleRefund(payment: Payment): Change {
    const { clock, notifier } = this.simulation;
    const due = nextRefund(payment);
    if (due === undefined) return {};
    const settled: Refund = {
      ...due,
      ...(due.amount.value === FAILING_REFUND
        ? ({ status: "FAIL", code: "RISK_REJECT" } as const)
        : ({ status: "SUCCESS", code: "SUCCESS" } as const)),
      settledAt: clock.now(),
    };
    return {
      payment: { ...payment, refunds: payment.refunds.map((refund) => (refund === due ? settled : refund)) },
      notifications: [notifier.compose(payment.paymentId, settled.notifyUrl, refundNotification(payment, settled))],
    };
  }
}

/** A refund of this many minor units fails, so that a shop can see one fail; our own rule. */
const FAILING_REFUND = "11";

function dueAt(payment: Payment): number | undefined {
  if (payment.status === "PROCESSING") return payment.expiresAt;
  if (awaitsCapture(payment)) return payment.captureAt;
  return nextRefund(payment)?.settleAt;
}

const awaitsCapture = ({ status, captureAt, captures }: Payment): boolean =>
  status === "SUCCESS" && captureAt !== undefined && captures.length === 0;

const nextRefund = ({ refunds }: Payment): Refund | undefined =>
  refunds
    .filter((refund) => refund.status === "PROCESSING")
    .reduce<Refund | undefined>(
      (first, refund) => (first && first.settleAt <= refund.settleAt ? first : refund),
      undefined,
    );
