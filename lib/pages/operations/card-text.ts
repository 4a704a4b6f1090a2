import type { Payment } from "../../payment/payment.js";

const NAMES: Readonly<Record<string, string>> = {
  VISA: "Visa",
  MASTERCARD: "Mastercard",
  AMEX: "American Express",
  DISCOVER: "Discover",
  DINERS: "Diners Club",
  MAESTRO: "Maestro",
  CUP: "UnionPay",
  CARTES_BANCAIRES: "Cartes Bancaires",
};

/** The card as staff speak of it: "Visa ...0768"; undefined while nothing is known of it. */
export function cardText({ resultInfo, choice }: Pick<Payment, "resultInfo" | "choice">): string | undefined {
  const brand = resultInfo?.cardBrand ?? choice?.cardBrand;
  const lastFour = resultInfo?.lastFour ?? /\d{4}$/.exec(resultInfo?.cardNo ?? choice?.card ?? "")?.[0];
  if (brand === undefined && lastFour === undefined) return undefined;
  const name = brand === undefined ? "card" : Object.hasOwn(NAMES, brand) ? NAMES[brand] : brand;
  return lastFour === undefined ? name : `${name ?? ""} ...${lastFour}`;
}
