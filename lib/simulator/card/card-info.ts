import type { Payment } from "../state/payment.js";

/** `cardInfo`, the older home of what `paymentResultInfo` says today; both are sent, as Antom does. */
export function cardInfo({ resultInfo, cardToken }: Payment): object {
  if (resultInfo === undefined) return {};
  const { avsResultRaw, cvvResultRaw, cardNo, cardBrand, funding, issuingCountry, paymentMethodRegion, threeDSResult } =
    resultInfo;
  return {
    avsResultRaw,
    cvvResultRaw,
    cardNo,
    cardBrand,
    cardToken,
    funding,
    issuingCountry,
    paymentMethodRegion,
    threeDSResult,
  };
}
