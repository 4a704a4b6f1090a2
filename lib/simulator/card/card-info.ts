import type { Settings } from "../options.js";
import type { Payment } from "../state/payment.js";

/**
 * `paymentResultInfo` and `cardInfo` as notifyPayment and inquiryPayment tell them. The documents have the card token in
 * `cardInfo`, newer pages in `paymentResultInfo`; both bear it, unless the simulator is told to use one place only.
 */
export function cardFields(
  { resultInfo, cardToken }: Payment,
  { cardTokenIn }: Pick<Settings, "cardTokenIn">,
): { readonly paymentResultInfo?: object; readonly cardInfo?: object } {
  if (resultInfo === undefined) return {};
  const { avsResultRaw, cvvResultRaw, cardNo, cardBrand, funding, issuingCountry, paymentMethodRegion, threeDSResult } =
    resultInfo;
  const tokenIn = (place: Settings["cardTokenIn"]) =>
    cardToken !== undefined && (cardTokenIn === "both" || cardTokenIn === place) ? { cardToken } : {};
  return {
    paymentResultInfo: { ...resultInfo, ...tokenIn("paymentResultInfo") },
    cardInfo: {
      avsResultRaw,
      cvvResultRaw,
      cardNo,
      cardBrand,
      ...tokenIn("cardInfo"),
      funding,
      issuingCountry,
      paymentMethodRegion,
      threeDSResult,
    },
  };
}
