import { cardOfGroup, type TestCard } from "../test-card.js";

const local = cardOfGroup("local");

/** Cards with two marks, of which the shop may choose one, and a Korean card that is declined. */
export const CO_BADGED_CARDS: readonly TestCard[] = [
  local(
    "visa-cartes-bancaires",
    "4000009900000061",
    "VISA",
    "approve",
    "Authorized as VISA, or as CARTES_BANCAIRES where that is selected",
    {
      name: "Visa and Cartes Bancaires",
      issuingCountry: "FR",
      secondBadge: { brand: "CARTES_BANCAIRES", region: "FR" },
    },
  ),
  local(
    "visa-shinhan",
    "4000009900000079",
    "VISA",
    "approve",
    "Authorized as VISA, or as the Korean SHINHAN where that or region KR is selected",
    { name: "Visa and Shinhan", issuingCountry: "KR", secondBadge: { brand: "SHINHAN", region: "KR" } },
  ),
  local("samsung-declined", "9490009900000018", "SAMSUNG", "decline", "Declined: USER_BALANCE_NOT_ENOUGH", {
    name: "Samsung, Korea",
    region: "KR",
    issuingCountry: "KR",
    code: "USER_BALANCE_NOT_ENOUGH",
  }),
];
