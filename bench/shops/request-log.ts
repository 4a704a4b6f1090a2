import { pino } from "pino";
import type { ShopConfig } from "../processes/messages.js";

/** Writes one line for each notification, where the comparison is with a kit that logs as well. */
export function requestLog({ logs }: ShopConfig): (notification: { readonly paymentRequestId: string }) => void {
  if (logs !== true) return () => undefined;
  const logger = pino({ name: "shop" });
  return ({ paymentRequestId }) => {
    logger.info({ event: "payment.recorded", payment: paymentRequestId, status: "authorized" }, "payment changed");
  };
}
