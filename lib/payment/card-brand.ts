/** Every name of Antom's CardBrand. */
export const GLOBAL_BRANDS = [
  "VISA",
  "MASTERCARD",
  "AMEX",
  "JCB",
  "DISCOVER",
  "DINERS",
  "MAESTRO",
  "CUP",
  "CARTES_BANCAIRES",
  "MIR",
  "TROY",
  "ELO",
  "HIPERCARD",
  "CARNET",
] as const;

/** Brands of cards issued in Korea, which their issuer can authenticate on its own page. */
export const KOREAN_BRANDS = [
  "BC",
  "CITI",
  "GWANGJUBANK",
  "HYUNDAI",
  "IBK_BC",
  "JEJUBANK",
  "JEONBUKBANK",
  "KAKAOBANK",
  "KBANK",
  "KDBBANK",
  "KEBHANA",
  "KOOKMIN",
  "LOTTE",
  "NONGHYUP",
  "POST",
  "SAEMAUL",
  "SAMSUNG",
  "SAVINGBANK",
  "SHINHAN",
  "SHINHYEOP",
  "SUHYEOP",
  "TOSSBANK",
  "WOORI",
] as const;

export type CardBrand = (typeof GLOBAL_BRANDS)[number] | (typeof KOREAN_BRANDS)[number];
export const CARD_BRANDS: readonly CardBrand[] = [...GLOBAL_BRANDS, ...KOREAN_BRANDS];

const KOREAN: ReadonlySet<string> = new Set(KOREAN_BRANDS);
export const isKoreanBrand = (brand: string): boolean => KOREAN.has(brand);
