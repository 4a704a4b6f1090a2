import type { Alarms } from "../alarms.js";
import { paymentNotification } from "../notify/bodies.js";
import type { Simulation } from "../simulation.js";
import type { Change } from "../state/change.js";
import type { Payment } from "../state/payment.js";
import { abandonedInfo } from "./authenticate.js";
import { settleCapture, settleIncrease, settleRefund } from "./settle.js";
import { take } from "./take.js";

/** Something that becomes of a payment, and when. */
interface Due {
  readonly at: number;
  happen(): Change;
}

/** What becomes of a payment by the mere passing of time: it expires, is captured; what is in process with it comes to its end. */
export class Timeline {
  constructor(
    private readonly simulation: Omit<Simulation, "timeline" | "stop" | "close">,
    private readonly alarms: Alarms,
  ) {}

  /** Sets the alarm for the next thing that is due. */
  watch(payment: Payment): void {
    const due = this.next(payment);
    const { paymentId } = payment;
    if (due === undefined) this.alarms.clear(paymentId);
    else this.alarms.set(paymentId, due.at, () => this.catchUp(paymentId));
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
      const due = this.next(payment);
      if (due === undefined || due.at > clock.now()) return payment;
      book.commit(due.happen());
    }
  }

  /** The earliest of everything that is due. */
  private next(payment: Payment): Due | undefined {
    const { simulation } = this;
    if (payment.status === "PROCESSING") return { at: payment.expiresAt, happen: () => this.expire(payment) };
    const dues: Due[] = [
      ...payment.captures.flatMap((capture) =>
        capture.status === "PROCESSING" && capture.settleAt !== undefined
          ? [{ at: capture.settleAt, happen: () => settleCapture(simulation, payment, capture) }]
          : [],
      ),
      ...payment.refunds.flatMap((refund) =>
        refund.status === "PROCESSING"
          ? [{ at: refund.settleAt, happen: () => settleRefund(simulation, payment, refund) }]
          : [],
      ),
      ...payment.increases.flatMap((increase) =>
        increase.status === "PROCESSING"
          ? [{ at: increase.settleAt, happen: () => settleIncrease(simulation, payment, increase) }]
          : [],
      ),
    ];
    if (awaitsCapture(payment)) dues.push({ at: payment.captureAt, happen: () => this.capture(payment) });
    return dues.reduce<Due | undefined>((first, due) => (first && first.at <= due.at ? first : due), undefined);
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
    const captureRequestId = this.simulation.identifiers.next("capture");
    return take(this.simulation, payment, { captureRequestId, amount: payment.amount, automatic: true }).change;
  }
}

const awaitsCapture = (payment: Payment): payment is Payment & { readonly captureAt: number } =>
  payment.status === "SUCCESS" && payment.captureAt !== undefined && payment.captures.length === 0;
