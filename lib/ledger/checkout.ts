import { AntomError } from "../errors.js";
import type { Gateway } from "../gateway/gateway.js";
import { payFacts } from "../gateway/pay.js";
import { payRequest, type BuyerEnvironment } from "../gateway/pay-request.js";
import { sameAmount } from "../payment/amount.js";
import { newPaymentId } from "../payment/id.js";
import type { Order } from "../payment/order.js";
import { isLive, isOpen, type Payment } from "../payment/payment.js";
import type { Clock, Random } from "../ports.js";
import type { Storage } from "../storage/storage.js";
import { BUYER_TIME, type Inquirer } from "./inquire.js";
import type { Ledger } from "./ledger.js";
import type { Voider } from "./void.js";

/** How long to look again for a pay call that another process is making, in milliseconds. */
const LOOK_AGAIN = 100;

/** An order may go through this many endings of earlier payments in one checkout: one that expired, one that was voided. */
const MAX_OPENINGS = 4;

export interface CheckoutRequest {
  readonly order: Order;
  readonly environment: BuyerEnvironment;
  /** The language of the buyer's pages. */
  readonly locale: string;
}

export interface CheckoutParts {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly storage: Storage;
  readonly inquirer: Inquirer;
  readonly voider: Voider;
  readonly clock: Clock;
  readonly random: Random;
  /** Milliseconds one call to Antom may take. */
  readonly timeout: number;
  readonly notifyUrl: string;
  /** The link by which Antom sends the buyer back, for a payment's id. */
  readonly redirectUrl: (id: string) => string;
  readonly settlementCurrency?: string;
  readonly merchantAccountId?: string;
}

/**
 * Opens the order's payment, or resumes the one it has: at most one payment of an order is live, however many checkouts arrive at once
 * and wherever they arrive.
 *
 * @throws AntomError `order_paid`, `payment_closing`, or the storage's error
 */
export type Checkout = (request: CheckoutRequest) => Promise<Payment>;

export function createCheckout(parts: CheckoutParts): Checkout {
  const { gateway, ledger, storage, inquirer, voider, clock } = parts;
  /** Pay calls that this process is making, by payment. */
  const paying = new Map<string, Promise<Payment>>();

  const open = ({ order, environment, locale }: CheckoutRequest) => {
    const id = newPaymentId(parts.random);
    const at = clock.now();
    return ledger.open({
      id,
      orderId: order.orderId,
      amount: order.amount,
      captureMode: order.capture ?? "AUTOMATIC",
      method: "hosted",
      locale,
      request: payRequest({
        id,
        order,
        environment,
        notifyUrl: parts.notifyUrl,
        redirectUrl: parts.redirectUrl(id),
        ...(parts.settlementCurrency === undefined ? {} : { settlementCurrency: parts.settlementCurrency }),
        ...(parts.merchantAccountId === undefined ? {} : { merchantAccountId: parts.merchantAccountId }),
      }),
      at,
      expiresAt: at + BUYER_TIME,
    });
  };

  /** The first pay call of a payment, its intent being durable. A connection that broke is tried once more at once: a buyer is waiting. */
  const pay = async (payment: Payment): Promise<Payment> => {
    if (payment.request === undefined) return payment;
    const first = await gateway.pay(payment.request);
    const broke = first.kind === "unanswered" && first.reason === "reset";
    const outcome = broke ? await gateway.pay(payment.request) : first;
    return ledger.record(payment.id, { source: "pay", at: clock.now(), facts: payFacts(outcome, broke) });
  };

  const firstCall = (payment: Payment): Promise<Payment> => {
    const call = pay(payment).finally(() => paying.delete(payment.id));
    paying.set(payment.id, call);
    return call;
  };

  /** Waits for a pay call that is under way, here or in another process, for as long as one can take. */
  const paid = async (payment: Payment): Promise<Payment> => {
    const until = payment.createdAt + parts.timeout;
    let current = payment;
    while (current.status === "created" && current.unanswered === 0) {
      const here = paying.get(current.id);
      if (here !== undefined) return here;
      if (clock.now() >= until) break;
      await new Promise<void>((resolve) => clock.after(LOOK_AGAIN, resolve));
      current = (await storage.get(current.id)) ?? current;
    }
    return current;
  };

  return async (request) => {
    for (let opening = 0; opening < MAX_OPENINGS; opening++) {
      const opened = await open(request);
      if (opened.isNew) return firstCall(opened.payment);
      let live = await paid(opened.payment);
      if (isOpen(live) && clock.now() >= live.expiresAt) live = await inquirer.inquire(live.id);
      if (!isLive(live)) continue;
      if (sameAmount(live.amount, request.order.amount)) return live;
      if (live.status === "captured") {
        throw new AntomError("order_paid", `order ${live.orderId} is already paid, with another amount`);
      }
      live = await voider.void(live);
      if (isLive(live)) {
        throw new AntomError(
          "payment_closing",
          `order ${live.orderId} has a payment over another amount that could not be cancelled yet; try again shortly`,
        );
      }
    }
    throw new AntomError(
      "payment_closing",
      `order ${request.order.orderId} is being paid elsewhere; try again shortly`,
    );
  };
}
