import { sum, units } from "./amount.js";
import { underWay } from "./money.js";
import type { Operation } from "./operation.js";
import type { Payment } from "./payment.js";

/**
 * Antom's id of the capture that a refund gives back of, where a payment was captured several times, or may have been, one of them being under
 * way: of those that surely have so much left the one with the least, the earliest of several. Undefined where there is but one capture, which needs
 * no naming, and where none has so much left: Antom then takes it of the payment as a whole, or refuses it. (Antom: refund, `captureId` "if
 * several captures")
 *
 * @param value minor units to give back
 */
export function refundedCapture(payment: Payment, value: bigint): string | undefined {
  const captures = underWay(payment, "capture");
  if (captures.length < 2) return undefined;
  const refunds = underWay(payment, "refund");
  const given = (id: string | undefined): bigint =>
    units(sum(refunds.filter(({ captureId }) => captureId === id).map((refund) => valueOf(payment, refund))));
  // Of a refund that names none it is not known what it was taken of: of any of them, for all that is sure.
  const unnamed = given(undefined);
  const [best] = captures
    .filter(({ status }) => status === "succeeded")
    .flatMap((capture) => {
      const { gatewayId: id } = capture;
      return id === undefined ? [] : [{ id, left: units(valueOf(payment, capture)) - given(id) - unnamed }];
    })
    .filter(({ left }) => left >= value)
    .sort((a, b) => (a.left < b.left ? -1 : a.left > b.left ? 1 : 0));
  return best?.id;
}

const valueOf = (payment: Payment, { amount }: Operation): string => amount?.value ?? payment.amount.value;
