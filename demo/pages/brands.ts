/** What people call Antom's card brands. */
const NAMES: Readonly<Record<string, string>> = {
  VISA: "Visa",
  MASTERCARD: "Mastercard",
  AMEX: "American Express",
  JCB: "JCB",
  DISCOVER: "Discover",
  DINERS: "Diners Club",
  CUP: "UnionPay",
  CARTES_BANCAIRES: "Cartes Bancaires",
  MAESTRO: "Maestro",
  BC: "BC Card",
  HYUNDAI: "Hyundai Card",
  KAKAOBANK: "KakaoBank",
  KEBHANA: "Hana Card",
  KOOKMIN: "KB Kookmin Card",
  LOTTE: "Lotte Card",
  NONGHYUP: "NH NongHyup",
  SAMSUNG: "Samsung Card",
  SHINHAN: "Shinhan Card",
  TOSSBANK: "Toss Bank",
  WOORI: "Woori Card",
};

/** The brands a buyer can choose from where a card has two. */
export const CO_BADGE_BRANDS = ["VISA", "MASTERCARD", "CARTES_BANCAIRES"] as const;

/** The larger ones of the Korean card companies; without a choice Antom's page has all of them. */
export const KOREAN_BRANDS = [
  "BC",
  "HYUNDAI",
  "KAKAOBANK",
  "KEBHANA",
  "KOOKMIN",
  "LOTTE",
  "NONGHYUP",
  "SAMSUNG",
  "SHINHAN",
  "TOSSBANK",
  "WOORI",
] as const;

export const brandName = (brand: string | undefined): string =>
  brand === undefined ? "Card" : (NAMES[brand] ?? brand);
